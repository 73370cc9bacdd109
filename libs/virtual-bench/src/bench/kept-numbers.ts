import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { VirtualBenchError } from '../errors.ts';
import type { BoardNumbers } from './board-numbers.ts';

/** Numbers reserved by one durable write; a process that dies leaves at most this many unused. */
const BLOCK = 256n;

/**
 * Numbers of boards kept in a data folder. A block is reserved on disk before a number of it is given, so neither a
 * restart nor a killed process gives a number twice. Two folders begin at random, so their boards differ too.
 */
export class KeptNumbers implements BoardNumbers {
  readonly #file: string;
  #number = 0n;
  #end = 0n;

  constructor(
    private readonly directory: string,
    /** Where a new folder begins. */
    private readonly first: bigint = randomNumber(),
  ) {
    this.#file = join(directory, 'virtual-boards.json');
  }

  /** @throws VirtualBenchError when the folder cannot be read or written */
  next(): bigint {
    if (this.#number === this.#end) this.#reserve();
    return this.#number++;
  }

  #reserve(): void {
    try {
      const start = this.#read() ?? this.first;
      this.#write(start + BLOCK);
      this.#number = start;
      this.#end = start + BLOCK;
    } catch (cause) {
      throw new VirtualBenchError(
        'bench.storage',
        `The numbers of the virtual boards cannot be kept in ${this.#file}.`,
        'Make that folder writable, or set BOARDWALK_DATA to another.',
        { cause },
      );
    }
  }

  /** Null: a new folder, or a file that nobody can read a number from. */
  #read(): bigint | null {
    if (!existsSync(this.#file)) return null;
    const [, next] = /"next":\s*"(\d+)"/.exec(readFileSync(this.#file, 'utf8')) ?? [];
    return next === undefined ? null : BigInt(next);
  }

  #write(next: bigint): void {
    mkdirSync(this.directory, { recursive: true });
    const written = openSync(`${this.#file}.new`, 'w', 0o644);
    try {
      writeSync(written, `{ "next": "${next}" }\n`);
      fsyncSync(written);
    } finally {
      closeSync(written);
    }
    renameSync(`${this.#file}.new`, this.#file);
    syncFolder(this.directory);
  }
}

/** The rename itself must outlast a power cut. Windows opens no folders. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function randomNumber(): bigint {
  return randomBytes(8).readBigUInt64BE();
}
