import { refuseForeignRows, settleRows } from '@boardwalk/records';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Sqlite from 'better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Started = Awaited<ReturnType<Connection['startTransaction']>>;
type Act = Connection['executeRaw'];

/** SQLite itself waits for nobody: it would hold the event loop, and with it every run on the bench. */
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=0;';

/** How long a write waits for another process that writes (a command of this station's own, as a rule). */
const PATIENCE_MS = 5000;
const RETRY_MS = 20;
/** From then on it is no command that is done in a moment. */
const HELD_UP_MS = 1000;

/** Changes nothing, but takes the write lock: what a transaction reads first is then still true when it writes. */
const TAKE_WRITE_LOCK = { sql: 'UPDATE "Migration" SET "name" = "name" WHERE FALSE', args: [], argTypes: [] };
const ROLLBACK = { sql: 'ROLLBACK', args: [], argTypes: [] };

/**
 * Prisma's SQLite adapter, made safe: `synchronous=FULL` in WAL, and one writer at a time, in this process and among
 * several. Without the lock a plain statement joins whatever transaction is open on the single connection, and is
 * lost when that one rolls back.
 */
export class DurableSqlite extends PrismaBetterSqlite3 {
  readonly #lock = new Turnstile();

  /** @param onFailure hears of every error of the file, and of a lock that is held for long */
  constructor(
    private readonly file: string,
    private readonly onFailure: (cause: unknown) => void = () => undefined,
  ) {
    super({ url: `file:${file}` });
  }

  /**
   * Work of libraries that know plain SQLite, on a connection of its own and between this process's transactions: it
   * shares their lock, so neither waits for the other on the event loop. What it commits is as durable as theirs.
   */
  async aside<Result>(work: (file: Sqlite.Database) => Result): Promise<Result> {
    const patience = new Patience(this.onFailure);
    const free = await this.#lock.enter();
    try {
      return await patience.with(async () => {
        const file = new Sqlite(this.file, { fileMustExist: true });
        try {
          file.exec(PRAGMAS);
          return work(file);
        } finally {
          file.close();
        }
      });
    } finally {
      free();
    }
  }

  override async connect(): Promise<Connection> {
    const connection = await super.connect();
    await connection.executeScript(PRAGMAS);
    const lock = this.#lock;
    const held =
      <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
      async (...args: Args): Promise<Result> => {
        const patience = new Patience(this.onFailure);
        const free = await lock.enter();
        try {
          return await patience.with(() => act(...args));
        } finally {
          free();
        }
      };
    const told =
      <Args extends unknown[], Result>(act: (...args: Args) => Promise<Result>) =>
      (...args: Args): Promise<Result> =>
        act(...args).catch((cause: unknown) => {
          this.onFailure(cause);
          throw cause;
        });
    const file = fileOf(connection);
    connection.queryRaw = held(alone(file, connection.queryRaw.bind(connection)));
    connection.executeRaw = held(alone(file, connection.executeRaw.bind(connection)));
    const start = connection.startTransaction.bind(connection);
    connection.startTransaction = async (...args) => {
      const patience = new Patience(this.onFailure);
      const free = await lock.enter();
      try {
        const transaction = await start(...args);
        await takeWriteLock(transaction, patience);
        refuseForeignRows(file);
        const commit = transaction.commit.bind(transaction);
        const rollback = transaction.rollback.bind(transaction);
        transaction.queryRaw = told(transaction.queryRaw.bind(transaction));
        transaction.executeRaw = told(settled(file, transaction.executeRaw.bind(transaction)));
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

/** The file that the adapter works on: digests of rows are written over its own connection, within its transactions. */
function fileOf(connection: Connection): Sqlite.Database {
  return (connection as unknown as { client: Sqlite.Database }).client;
}

/** Ahead of the commit the digests of all rows that the transaction changed go into the record. */
function settled(file: Sqlite.Database, act: Act): Act {
  return async (query) => {
    if (query.sql !== 'COMMIT') return act(query);
    try {
      settleRows(file);
    } catch (cause) {
      if (file.inTransaction) file.exec('ROLLBACK');
      throw cause;
    }
    return act(query);
  };
}

/** A write on its own is a transaction of its own: its rows and their digests are one. */
function alone<Result>(
  file: Sqlite.Database,
  act: (query: Parameters<Act>[0]) => Promise<Result>,
): (query: Parameters<Act>[0]) => Promise<Result> {
  return async (query) => {
    if (!/^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i.test(query.sql)) return act(query);
    file.exec('BEGIN IMMEDIATE');
    try {
      refuseForeignRows(file);
      const result = await act(query);
      settleRows(file);
      file.exec('COMMIT');
      return result;
    } catch (cause) {
      if (file.inTransaction) file.exec('ROLLBACK');
      throw cause;
    }
  };
}

/** The lock or a transaction that never was. @throws what SQLite says when another process kept it too long */
async function takeWriteLock(transaction: Started, patience: Patience): Promise<void> {
  try {
    await patience.with(() => transaction.executeRaw(TAKE_WRITE_LOCK));
  } catch (cause) {
    await transaction.executeRaw(ROLLBACK).catch(() => undefined);
    await transaction.rollback();
    throw cause;
  }
}

/** Tries again, off the event loop, while another process holds the file; from when the work was asked for. */
class Patience {
  readonly #since = performance.now();

  constructor(private readonly onFailure: (cause: unknown) => void) {}

  async with<Result>(act: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await act();
      } catch (cause) {
        const waited = performance.now() - this.#since;
        if (!isBusy(cause) || waited >= HELD_UP_MS) this.onFailure(cause);
        if (!isBusy(cause) || waited >= PATIENCE_MS) throw cause;
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    }
  }
}

function isBusy(error: unknown): boolean {
  const { cause, code: plain } = (error ?? {}) as { cause?: { originalCode?: unknown }; code?: unknown };
  const code = cause?.originalCode ?? plain;
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
