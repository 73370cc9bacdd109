import { refuseForeignRows } from '@boardwalk/records';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type Sqlite from 'better-sqlite3';
import { FilePlace } from './file-place.ts';
import { keepingStatements } from './kept-statements.ts';
import { Patience } from './patience.ts';
import { SecondConnection } from './second-connection.ts';
import { settled, settledAlone } from './settled-rows.ts';
import { Turnstile } from './turnstile.ts';
import { Turns } from '../clock/turns.ts';
import { takeTurns } from './statement-turns.ts';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Started = Awaited<ReturnType<Connection['startTransaction']>>;
type Act<Args extends unknown[], Result> = (...args: Args) => Promise<Result>;

/** SQLite itself waits for nobody: it would hold the event loop, and with it every run on the bench. */
const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=0;';
const READER_PRAGMAS = 'PRAGMA query_only=ON; PRAGMA busy_timeout=0;';
/** 32 MiB of pages: the indexes that a claim walks stay in memory at a million runs; SQLite's own 2 MiB do not hold them. */
const CACHE = 'PRAGMA cache_size=-32768;';

/** A statement that only reads. In WAL a reader sees the last commit and waits for no writer (sqlite.org/wal.html §2). */
const READS = /^\s*SELECT\b/i;

/** Changes nothing, but takes the write lock: what a transaction reads first is then still true when it writes. */
const TAKE_WRITE_LOCK = { sql: 'UPDATE "Migration" SET "name" = "name" WHERE FALSE', args: [], argTypes: [] };
const ROLLBACK = { sql: 'ROLLBACK', args: [], argTypes: [] };

/**
 * Prisma's SQLite adapter, made safe: `synchronous=FULL` in WAL, and one writer at a time, in this process and among
 * several. Without the lock a plain statement joins whatever transaction is open on the single connection, and is
 * lost when that one rolls back. Reads outside a transaction have a connection of their own and wait for no writer.
 */
export class DurableSqlite extends PrismaBetterSqlite3 {
  readonly #lock = new Turnstile();
  readonly #turns = new Turns();
  #hurried = false;

  /** @param onFailure hears of every error of the file, and of a lock that is held for long */
  constructor(
    private readonly file: string,
    private readonly onFailure: (cause: unknown) => void = () => undefined,
  ) {
    super({ url: `file:${file}` });
  }

  /** Work of libraries that know plain SQLite, on a connection of its own and between this process's transactions. */
  async aside<Result>(work: (file: Sqlite.Database) => Result): Promise<Result> {
    const second = this.second();
    try {
      return await second.run(work);
    } finally {
      second.close();
    }
  }

  /** A connection for work {@link aside} in many steps; close it. */
  second(): SecondConnection {
    return new SecondConnection(this.file, PRAGMAS, (work) => this.#alone(async () => work())());
  }

  /** From now on no wait for a lock is longer than the default. */
  hurry(): void {
    this.#hurried = true;
  }

  override async connect(): Promise<Connection> {
    const connection = await super.connect();
    await connection.executeScript(PRAGMAS + CACHE);
    const reader = await super.connect();
    await reader.executeScript(READER_PRAGMAS + CACHE);
    const place = new FilePlace(this.file);
    const file = keptBy(connection);
    keptBy(reader);
    const write = this.#alone(settledAlone(file, connection.queryRaw.bind(connection)));
    const read = this.#patient(reader.queryRaw.bind(reader));
    connection.queryRaw = (query) => (READS.test(query.sql) ? read(query) : write(query));
    connection.executeRaw = this.#alone(settledAlone(file, connection.executeRaw.bind(connection)));
    connection.startTransaction = this.#transactions(connection, file, place);
    const dispose = connection.dispose.bind(connection);
    connection.dispose = () => reader.dispose().then(dispose);
    return takeTurns(connection, this.#turns);
  }

  /** Each try has the lock of this process, and gives it back while it waits for another process. */
  #alone<Args extends unknown[], Result>(act: Act<Args, Result>): Act<Args, Result> {
    return this.#patient(async (...args) => {
      const free = await this.#lock.enter();
      try {
        return await act(...args);
      } finally {
        free();
      }
    });
  }

  #patient<Args extends unknown[], Result>(act: Act<Args, Result>): Act<Args, Result> {
    return (...args) => new Patience(this.onFailure, () => this.#hurried).with(() => act(...args));
  }

  #transactions(
    connection: Connection,
    file: Sqlite.Database,
    place: FilePlace,
  ): Connection['startTransaction'] {
    const start = connection.startTransaction.bind(connection);
    return this.#patient(async (...args) => {
      const free = await this.#lock.enter();
      try {
        place.check();
        const transaction = await start(...args);
        await takeWriteLock(transaction);
        refuseForeignRows(file);
        return this.#guarded(transaction, file, place, free);
      } catch (cause) {
        free();
        throw cause;
      }
    });
  }

  /** A transaction whose errors are told, whose end frees the lock, and whose commit is on the disk at its path. */
  #guarded(transaction: Started, file: Sqlite.Database, place: FilePlace, free: () => void): Started {
    const commit = transaction.commit.bind(transaction);
    const rollback = transaction.rollback.bind(transaction);
    transaction.queryRaw = this.#told(transaction.queryRaw.bind(transaction));
    transaction.executeRaw = this.#told(settled(file, transaction.executeRaw.bind(transaction)));
    transaction.commit = this.#told(async () => {
      await commit().finally(free);
      place.check();
    });
    transaction.rollback = () => rollback().finally(free);
    return takeTurns(transaction, this.#turns);
  }

  #told<Args extends unknown[], Result>(act: Act<Args, Result>): Act<Args, Result> {
    return (...args) =>
      act(...args).catch((cause: unknown) => {
        this.onFailure(cause);
        throw cause;
      });
  }
}

/**
 * Lets the adapter keep its statements. @returns the file that it works on: digests of rows are written over its own
 * connection, within its transactions
 */
function keptBy(connection: Connection): Sqlite.Database {
  const adapter = connection as unknown as { client: Sqlite.Database };
  const file = adapter.client;
  adapter.client = keepingStatements(file) as Sqlite.Database;
  return file;
}

/** The lock or a transaction that never was. @throws what SQLite says when another process has it */
async function takeWriteLock(transaction: Started): Promise<void> {
  try {
    await transaction.executeRaw(TAKE_WRITE_LOCK);
  } catch (cause) {
    await transaction.executeRaw(ROLLBACK).catch(() => undefined);
    await transaction.rollback();
    throw cause;
  }
}
