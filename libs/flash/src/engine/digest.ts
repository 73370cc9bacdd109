import { hexDigits } from '@boardwalk/contracts';
import type { Target } from '@boardwalk/debug';
import type { Loader } from '../loader/loader.ts';
import type { FlashRange } from '../plan.ts';

const BLOCK_BYTES = 64;
/** FIPS 180-4, 5.3.3. */
const INITIAL = [
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
];
/** 90 cycles a byte at 8 MHz, with room for a slow clone. */
const MS_PER_KIB = 50;

/** A digest that the target is making. */
export interface RunningDigest {
  /** True once `end` will not wait. */
  isDone(): Promise<boolean>;
  /** In hex. One at a time: a target makes no second digest before this one has ended. */
  end(): Promise<string>;
}

/** Starts SHA-256 of any range of target memory on the target's own core; the host does the padding. */
export async function beginDigest(
  target: Target,
  loader: Loader,
  { address, sizeBytes }: FlashRange,
): Promise<RunningDigest> {
  const whole = Math.floor(sizeBytes / BLOCK_BYTES);
  const timeoutMs = 500 + (sizeBytes / 1024) * MS_PER_KIB;
  const tailBytes = sizeBytes - whole * BLOCK_BYTES;
  const tail =
    tailBytes > 0 ? await target.readMemory(address + whole * BLOCK_BYTES, tailBytes) : new Uint8Array(0);
  await loader.beginDigest(address, whole, words(INITIAL), padded(tail, sizeBytes));
  return {
    isDone: () => target.isHalted(),
    end: async () => hexOfWords(await loader.endDigest(timeoutMs)),
  };
}

/** The message's last blocks: its tail, a one bit, zeros and the length in bits (FIPS 180-4, 5.1.1). */
function padded(tail: Uint8Array, messageBytes: number): Uint8Array {
  const blocks = new Uint8Array(tail.length + 9 > BLOCK_BYTES ? 2 * BLOCK_BYTES : BLOCK_BYTES);
  blocks.set(tail);
  blocks[tail.length] = 0x80;
  new DataView(blocks.buffer).setUint32(blocks.length - 4, messageBytes * 8, false);
  return blocks;
}

function words(values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => view.setUint32(i * 4, value, true));
  return new Uint8Array(view.buffer);
}

function hexOfWords(state: Uint8Array): string {
  const view = new DataView(state.buffer, state.byteOffset, state.length);
  return Array.from({ length: 8 }, (_, i) => hexDigits(view.getUint32(i * 4, true), 8)).join('');
}
