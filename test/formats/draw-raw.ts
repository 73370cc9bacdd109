import { gzipSync } from 'node:zlib';
import type { DrawnFile } from './drawn-file.ts';
import type { Random } from './random.ts';

const FLASH_BASE = 0x08000000;

/** A raw file that could boot where it is placed, or one that is damaged, or is something else. */
export function drawRaw(random: Random): DrawnFile {
  const address = FLASH_BASE + random.below(64) * 0x400;
  const options = address === FLASH_BASE ? {} : { at: address };
  const data = random.bytes(random.between(16, 200));
  const view = new DataView(data.buffer);
  view.setUint32(0, 0x20000000 + 4 * random.between(1, 0x6000), true);
  view.setUint32(4, address + 8 + ((random.below(data.length - 8) & ~1) | 1), true);
  if (random.chance(30)) return { bytes: data, options, content: [{ address, data }] };
  const kind = random.below(4);
  if (kind === 0) return { bytes: data.slice(random.below(12)), options, content: null };
  if (kind === 1) return { bytes: new Uint8Array(gzipSync(data)), options, content: null };
  if (kind === 2) return { bytes: random.bytes(random.below(100)), options, content: null };
  const at = random.below(8);
  data[at] = data[at]! ^ (1 << random.below(8));
  return { bytes: data, options, content: null };
}
