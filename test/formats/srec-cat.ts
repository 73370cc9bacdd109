import type { Segment } from '@boardwalk/flash';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { joined } from './drawn-file.ts';

/** Each file of a batch has this much of the address space: one process reads them all. */
const WINDOW_BYTES = 0x200000;
const FLASH_BASE = 0x08000000;
const BATCH = 64;

export type TextFormat = 'intel' | 'motorola';

/** A file that our reader took, by its records alone. */
export interface TakenFile {
  readonly records: readonly string[];
  /** The window of its addresses before it was moved: 0, or the flash base. */
  readonly base: number;
}

/** The records of a text file, without what other programs do not read: marks, comments, padding, words. */
export function recordsIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  return text.split(/[\r\n]+/).flatMap((line) => {
    const words = line.replace(/^(?:\xef\xbb\xbf)?[\s\0\x1a]*/, '');
    if (/^(?:[;#*]|\/\/)/.test(words)) return [];
    const record = /:[0-9a-f]{10,}|^s\d[0-9a-f]{6,}/i.exec(words);
    return record ? [record[0].toUpperCase()] : [];
  });
}

/** What srec_cat reads from files; null for one that it refuses. */
export function readWithSrecCat(files: readonly TakenFile[], format: TextFormat): (Segment[] | null)[] {
  const found: (Segment[] | null)[] = [];
  for (let from = 0; from < files.length; from += BATCH) {
    const batch = files.slice(from, from + BATCH);
    // One file that it refuses makes it refuse the batch: then each by itself.
    const together = read(batch, format);
    found.push(...(together ?? batch.map((file) => read([file], format)?.[0] ?? null)));
  }
  return found;
}

function read(files: readonly TakenFile[], format: TextFormat): Segment[][] | null {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-formats-'));
  try {
    const inputs = files.flatMap(({ records, base }, i) => {
      const path = join(folder, `${i}.txt`);
      writeFileSync(path, `${records.join('\n')}\n`);
      return [path, `-${format}`, '-offset', String(i * WINDOW_BYTES - base)];
    });
    const output = ['-o', '-', '-motorola', '-address-length=4', '-line-length=76'];
    const { status, stdout } = spawnSync('srec_cat', ['-disable-sequence-warnings', ...inputs, ...output], {
      maxBuffer: 64 * 1024 * 1024,
    });
    return status === 0 ? divide(stdout.toString('latin1'), files) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Takes the output apart by windows. */
function divide(text: string, files: readonly TakenFile[]): Segment[][] {
  const pieces: Segment[][] = files.map(() => []);
  for (const [, digits] of text.matchAll(/^S3..([0-9A-F]*)..\r?$/gm)) {
    const address = parseInt(digits!.slice(0, 8), 16);
    const window = Math.floor(address / WINDOW_BYTES);
    const { base } = files[window]!;
    const data = new Uint8Array(Buffer.from(digits!.slice(8), 'hex'));
    pieces[window]!.push({ address: address - window * WINDOW_BYTES + base, data });
  }
  return pieces.map(joined);
}

export const flashWindow = (moved: boolean): number => (moved ? 0 : FLASH_BASE);
