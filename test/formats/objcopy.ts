import type { Segment } from '@boardwalk/flash';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { joined } from './drawn-file.ts';

const run = promisify(execFile);

/** What GNU objcopy reads from ELF files; null for one that it refuses. */
export async function readWithObjcopy(files: readonly Uint8Array[]): Promise<(Segment[] | null)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-formats-'));
  const found = new Array<Segment[] | null>(files.length).fill(null);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < files.length; i = next++)
      found[i] = await readOne(join(folder, String(i)), files[i]!);
  };
  try {
    await Promise.all(Array.from({ length: availableParallelism() }, work));
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readOne(path: string, bytes: Uint8Array): Promise<Segment[] | null> {
  writeFileSync(path, bytes);
  const output = `${path}.s37`;
  try {
    await run('arm-none-eabi-objcopy', [
      '-I',
      'elf32-littlearm',
      '-O',
      'srec',
      '--srec-forceS3',
      path,
      output,
    ]);
    return segmentsIn(readFileSync(output, 'latin1'));
  } catch {
    return null;
  } finally {
    rmSync(path, { force: true });
    rmSync(output, { force: true });
  }
}

function segmentsIn(text: string): Segment[] {
  const pieces = [...text.matchAll(/^S3..([0-9A-F]{8})([0-9A-F]*)..\r?$/gm)].map(([, address, digits]) => ({
    address: parseInt(address!, 16),
    data: new Uint8Array(Buffer.from(digits!, 'hex')),
  }));
  return joined(pieces.filter(({ data }) => data.length > 0));
}

/** Whether a file is ELF, and each of its segments to be loaded says physical address 0. */
export function lacksPhysicalAddresses(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 52 || view.getUint32(0, false) !== 0x7f454c46) return false;
  const at = view.getUint32(28, true);
  return Array.from({ length: view.getUint16(44, true) }, (_, i) => at + i * 32)
    .filter((header) => view.getUint32(header, true) === 1)
    .every((header) => view.getUint32(header + 12, true) === 0);
}
