import Sqlite from 'better-sqlite3';

const TRIES = 2000;
const TRY_AGAIN_MS = 5;

/**
 * Work on the file of a station that runs in this process, as another program does it. The station gives the event loop
 * its turn in the middle of a transaction: a wait of SQLite's own would keep that transaction from its end. So work
 * that finds the file locked is done again from its start.
 */
export async function besideStation<Result>(
  path: string,
  work: (file: Sqlite.Database) => Result | Promise<Result>,
): Promise<Result> {
  const file = new Sqlite(path, { timeout: 0 });
  try {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work(file);
      } catch (cause) {
        if (!isBusy(cause) || tries === TRIES) throw cause;
      }
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  } finally {
    file.close();
  }
}

/**
 * By its code alone: the addon keeps the class of errors that it was given first in a process, and Jest gives each
 * suite classes of its own, `Object` among them.
 */
function isBusy(cause: unknown): boolean {
  return String((cause as { code?: unknown } | null)?.code).startsWith('SQLITE_BUSY');
}
