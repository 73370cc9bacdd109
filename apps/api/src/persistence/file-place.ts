import { DataGoneError } from '@boardwalk/records';
import { statSync } from 'node:fs';

/**
 * Whether the database file is still the one at its path. A deleted file that a process has open takes every write
 * and keeps none of it after the process: SQLite says nothing of that in WAL mode (sqlite.org/howtocorrupt.html §4).
 */
export class FilePlace {
  readonly #file: string | null;
  #log: string | null = null;

  /** @param path of a file that exists */
  constructor(private readonly path: string) {
    this.#file = identityOf(path);
  }

  /** @throws DataGoneError */
  check(): void {
    const log = identityOf(`${this.path}-wal`);
    if (identityOf(this.path) !== this.#file || (this.#log !== null && log !== this.#log))
      throw new DataGoneError(this.path);
    // The log is made with the first write, and stays as long as a connection is open.
    this.#log ??= log;
  }
}

function identityOf(path: string): string | null {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? `${stat.dev}:${stat.ino}` : null;
}
