import {
  DataGoneError,
  STORAGE_PROBLEMS,
  storageProblemOf,
  type StorageCode,
  type StorageProblem,
} from '@boardwalk/records';
import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';

/** Asked of the file system and the database; each rejects with what is wrong. */
type Probe = () => Promise<void>;

const LOOK_MS = 1000;

/**
 * Whether the records can be written. A problem is found by looking once a second, or told by whoever ran into it;
 * it goes when a look finds nothing. A damaged file stays damaged until the station is opened anew.
 */
export class StorageWatch {
  readonly #found = new Map<StorageCode, StorageProblem>();
  readonly #listeners = new Set<() => void>();
  #probes: readonly Probe[] = [];
  #looking = false;
  #clock: NodeJS.Timeout | null = null;

  /**
   * @param write takes the database's write lock and gives it back
   * @param leastFreeBytes below this the disk counts as full, while there is still room for what runs to end
   */
  watch(folder: string, leastFreeBytes: number, write: Probe): void {
    this.#probes = [() => writable(folder), () => enoughFree(folder, leastFreeBytes), write];
    this.#clock = setInterval(() => void this.look(), LOOK_MS);
  }

  /** What is wrong now, the newest knowledge. */
  get problems(): readonly StorageProblem[] {
    return [...this.#found.values()];
  }

  get ready(): boolean {
    return this.#found.size === 0;
  }

  /** Told by whoever ran into an error; what is not about the storage is none of its business. */
  noticed(cause: unknown): void {
    const problem = storageProblemOf(cause);
    if (problem) this.#set([...this.#found.values(), problem]);
  }

  /** Looks again, unless a look is on. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    const problems: StorageProblem[] = [];
    for (const probe of this.#probes) {
      try {
        await probe();
      } catch (cause) {
        problems.push(storageProblemOf(cause) ?? STORAGE_PROBLEMS['disk-failing']);
      }
    }
    this.#looking = false;
    const damaged = this.#found.get('database-damaged');
    this.#set(damaged ? [...problems, damaged] : problems);
  }

  /** Called when problems came or went. @returns the function that ends the listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #set(problems: readonly StorageProblem[]): void {
    const before = [...this.#found.keys()].sort().join();
    this.#found.clear();
    for (const problem of problems) this.#found.set(problem.code, problem);
    if ([...this.#found.keys()].sort().join() === before) return;
    for (const listener of this.#listeners) listener();
  }

  close(): void {
    if (this.#clock) clearInterval(this.#clock);
  }
}

async function writable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw (cause as NodeJS.ErrnoException).code === 'ENOENT' ? new DataGoneError(folder) : cause;
  }
}

async function enoughFree(folder: string, leastFreeBytes: number): Promise<void> {
  const disk = await statfs(folder).catch(() => null);
  // A folder that is not there is named by the look at the folder itself.
  if (disk === null) return;
  const { bavail, bsize } = disk;
  if (bavail * bsize >= leastFreeBytes) return;
  throw Object.assign(new Error(`${bavail * bsize} bytes are free.`), { code: 'ENOSPC' });
}
