// One build at a time in a checkout: SQLite's exclusive lock, which the system gives back when its process ends,
// however it ends (sqlite.org/lockingv3.html). The file stays empty.
import { createRequire } from 'node:module';

/** A build on a slow machine with a cold disk is done by then. */
const LONGEST_MS = 15 * 60_000;

/**
 * Runs `work` while no other process of this checkout builds. `waiting` is called once, before a wait.
 * @throws Error with code SQLITE_BUSY when another build takes longer than a build can
 */
export function aloneWith(path, work, waiting) {
  // Loaded here alone: what is built already costs nothing of it.
  const Sqlite = createRequire(import.meta.url)('better-sqlite3');
  let file = new Sqlite(path, { timeout: 0 });
  try {
    if (!takesLock(file)) {
      waiting();
      file.close();
      file = new Sqlite(path, { timeout: LONGEST_MS });
      file.exec('BEGIN EXCLUSIVE');
    }
    return work();
  } finally {
    file.close();
  }
}

function takesLock(file) {
  try {
    file.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (cause) {
    if (cause.code !== 'SQLITE_BUSY') throw cause;
    return false;
  }
}
