import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Started = Awaited<ReturnType<Connection['startTransaction']>>;

/** SQLite itself waits for nobody: it would hold the event loop, and with it every run on the bench. */
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=0;';

/** How long a write waits for another process that writes (a command of this station's own, as a rule). */
const PATIENCE_MS = 5000;
const RETRY_MS = 20;

/** Changes nothing, but takes the write lock: what a transaction reads first is then still true when it writes. */
const TAKE_WRITE_LOCK = { sql: 'UPDATE "Migration" SET "name" = "name" WHERE FALSE', args: [], argTypes: [] };
const ROLLBACK = { sql: 'ROLLBACK', args: [], argTypes: [] };

/**
 * Prisma's SQLite adapter, made safe: `synchronous=FULL` in WAL, and one writer at a time, in this process and among
 * several. Without the lock a plain statement joins whatever transaction is open on the single connection, and is
 * lost when that one rolls back.
 */
export class DurableSqlite extends PrismaBetterSqlite3 {
  override async connect(): Promise<Connection> {
    const connection = await super.connect();
    await connection.executeScript(PRAGMAS);
    const lock = new Turnstile();
    const held =
      <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        const free = await lock.enter();
        try {
          return await patiently(() => act(...args));
        } finally {
          free();
        }
      };
    connection.queryRaw = held(connection.queryRaw.bind(connection));
    connection.executeRaw = held(connection.executeRaw.bind(connection));
    const start = connection.startTransaction.bind(connection);
    connection.startTransaction = async (...args) => {
      const free = await lock.enter();
      try {
        const transaction = await start(...args);
        await takeWriteLock(transaction);
        const commit = transaction.commit.bind(transaction);
        const rollback = transaction.rollback.bind(transaction);
        transaction.commit = () => commit().finally(free);
        transaction.rollback = () => rollback().finally(free);
        return transaction;
      } catch (cause) {
        free();
        throw cause;
      }
    };
    return connection;
  }
}

/** The lock or a transaction that never was. @throws what SQLite says when another process kept it too long */
async function takeWriteLock(transaction: Started): Promise<void> {
  try {
    await patiently(() => transaction.executeRaw(TAKE_WRITE_LOCK));
  } catch (cause) {
    await transaction.executeRaw(ROLLBACK).catch(() => undefined);
    await transaction.rollback();
    throw cause;
  }
}

/** Tries again, off the event loop, while another process holds the file. */
async function patiently<Result>(act: () => Promise<Result>): Promise<Result> {
  for (const until = performance.now() + PATIENCE_MS; ;) {
    try {
      return await act();
    } catch (cause) {
      if (!isBusy(cause) || performance.now() >= until) throw cause;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

function isBusy(error: unknown): boolean {
  const code = (error as { cause?: { originalCode?: unknown } } | null)?.cause?.originalCode;
  return typeof code === 'string' && code.startsWith('SQLITE_BUSY');
}

/** One at a time, in the order they came. */
class Turnstile {
  #tail: Promise<void> = Promise.resolve();

  async enter(): Promise<() => void> {
    const previous = this.#tail;
    let free!: () => void;
    this.#tail = new Promise((resolve) => (free = resolve));
    await previous;
    return free;
  }
}
