import { CreateJob, JobQuery } from '@boardwalk/contracts';
import type { ImageStore } from '../images/image-store.ts';
import type { JobBook } from '../jobs/job-book.ts';
import type { JobDoor } from '../jobs/job-door.ts';

const SIZE_BYTES = 12 * 1024;
const BOARDS = 40;

/** A program for the virtual bench: a vector table, an endless loop, and a pattern to be programmed. */
function demoFirmware(): Uint8Array {
  const bytes = new Uint8Array(SIZE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x20005000, true);
  view.setUint32(4, 0x08000009, true);
  view.setUint16(8, 0xe7fe, true);
  for (let at = 10; at < SIZE_BYTES; at += 1) bytes[at] = (at * 13 + (at >> 5)) & 0xff;
  return bytes;
}

/** Work for the demo bench, unless an earlier start left some. */
export async function postDemoJob(images: ImageStore, jobs: JobBook, door: JobDoor): Promise<void> {
  const open = await jobs.list(JobQuery.parse({ state: 'running', limit: 1 }));
  const queued = await jobs.list(JobQuery.parse({ state: 'queued', limit: 1 }));
  if (open.data.length + queued.data.length > 0) return;
  const { image } = await images.add({ bytes: demoFirmware(), name: 'demo.bin' });
  await door.accept(CreateJob.parse({ image: image.id, count: BOARDS, clientRef: 'demo', priority: 0 }));
}
