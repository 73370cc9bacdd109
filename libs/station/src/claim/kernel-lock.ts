import Sqlite from 'better-sqlite3';

/** A lock that the kernel gives back when its process ends, however it ends: nothing is left of it after a power cut. */
export interface KernelLock {
  release(): void;
}

/** Without a reference a lock would be closed by the garbage collector. */
const held = new Set<Sqlite.Database>();

/**
 * Locks a file for this process by SQLite's exclusive lock (sqlite.org/lockingv3.html), which is the system's own and
 * works on every system that the station runs on. The file stays empty.
 * @returns null when another process, or another part of this one, has it
 */
export function lockFile(path: string): KernelLock | null {
  const file = new Sqlite(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    file.close();
    if ((cause as { code?: unknown }).code === 'SQLITE_BUSY') return null;
    throw cause;
  }
  held.add(file);
  return {
    release: () => {
      if (held.delete(file)) file.close();
    },
  };
}
