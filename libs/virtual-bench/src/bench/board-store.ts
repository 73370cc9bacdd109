import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualBenchError } from '../errors.ts';
import type { BoardMemory } from './slot-model.ts';

interface Header {
  readonly profile: string;
  readonly uid: readonly number[];
  readonly options: readonly number[];
}

/** Keeps what the boards of a bench keep without power: one file a slot, replaced atomically. */
export class BoardStore {
  constructor(private readonly directory: string) {}

  load(slot: number): BoardMemory | null {
    const path = this.#path(slot);
    if (!existsSync(path)) return null;
    try {
      const file = readFileSync(path);
      const end = file.indexOf(0x0a);
      const header = JSON.parse(file.subarray(0, end).toString('utf8')) as Header;
      return {
        profile: header.profile,
        uid: header.uid,
        options: Uint8Array.from(header.options),
        flash: new Uint8Array(file.subarray(end + 1)),
      };
    } catch {
      // A file that an older version wrote, or a torn disk: the socket starts with a new board.
      return null;
    }
  }

  /** @throws VirtualBenchError when the folder cannot be written */
  save(slot: number, memory: BoardMemory | null): void {
    const path = this.#path(slot);
    try {
      mkdirSync(this.directory, { recursive: true });
      if (!memory) {
        rmSync(path, { force: true });
        return;
      }
      const header: Header = { profile: memory.profile, uid: memory.uid, options: [...memory.options] };
      const content = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), memory.flash]);
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    } catch (cause) {
      throw new VirtualBenchError(
        'bench.storage',
        `The virtual boards cannot be kept in ${this.directory}.`,
        'Make that folder writable, or set BOARDWALK_DATA to another.',
        { cause },
      );
    }
  }

  #path(slot: number): string {
    return join(this.directory, `board-${slot + 1}.bin`);
  }
}
