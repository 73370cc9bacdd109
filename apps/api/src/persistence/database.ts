import { generationOf, migrate, type Generation } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { DurableSqlite } from './durable-sqlite.ts';
import { PATIENCE_MS, withPatience } from './patience.ts';
import type { SecondConnection } from './second-connection.ts';
import { PrismaClient, type Prisma } from './gen/client.ts';

/** Inside a transaction only this is used, never the database itself: it would wait for its own end. */
export type Transaction = Prisma.TransactionClient;

/** A query is asked of the last commit, or of a transaction. */
export type Reader = Database | Transaction;

/**
 * How long what a run goes through waits for a lock: a program that reads the file for half a minute must cost no board
 * its run. A run's end is tried again for longer still, see jobs/run-ends.ts.
 */
export const RUN_PATIENCE_MS = 60_000;

/** The station's one file of data. */
export class Database extends PrismaClient {
  readonly #underWay = new Set<Promise<unknown>>();

  /** @param generation of its record: the same until a restore, for which no station is open */
  constructor(
    private readonly file: DurableSqlite,
    readonly generation: Generation,
  ) {
    super({ adapter: file });
  }

  /** Runs work of a library that knows plain SQLite, which makes transactions of its own. */
  aside<Result>(work: (file: Sqlite.Database) => Result): Promise<Result> {
    return this.file.aside(work);
  }

  /** A connection for such work in many small steps; close it. */
  second(): SecondConnection {
    return this.file.second();
  }

  /**
   * Runs `work` in one transaction; committed when it resolves. No USB and no network inside.
   * @param patienceMs how long it waits for a lock that another process has
   */
  commit<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    patienceMs: number = PATIENCE_MS,
  ): Promise<Result> {
    const commit = withPatience(patienceMs, () =>
      this.$transaction(work, { maxWait: patienceMs + 25_000, timeout: 30_000 }),
    );
    this.#underWay.add(commit);
    const ended = (): boolean => this.#underWay.delete(commit);
    commit.then(ended, ended);
    return commit;
  }

  /** From now on nothing waits longer for a lock than a request does: the station is closing. */
  hurry(): void {
    this.file.hurry();
  }

  /** Waits for the transactions under way, then lets go of the file. */
  async close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.$disconnect();
  }
}

/** Runs of an earlier version that get their place in the record at once, in some 30 ms; more get it in pages. */
const MOST_NUMBERED_AT_OPEN = 500;

/** Opens the database file, made or brought up to date where needed. `onFailure` hears of every error of the file. */
export function openDatabase(file: string, onFailure?: (cause: unknown) => void): Database {
  migrate(file, { mostNumbered: MOST_NUMBERED_AT_OPEN });
  return new Database(new DurableSqlite(file, onFailure), generationIn(file));
}

function generationIn(path: string): Generation {
  const file = new Sqlite(path);
  try {
    return generationOf(file)!;
  } finally {
    file.close();
  }
}
