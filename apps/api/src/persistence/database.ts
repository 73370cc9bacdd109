import { migrate } from '@boardwalk/records';
import type Sqlite from 'better-sqlite3';
import { DurableSqlite } from './durable-sqlite.ts';
import { PrismaClient, type Prisma } from './gen/client.ts';

/** Inside a transaction only this is used, never the database itself: it would wait for its own end. */
export type Transaction = Prisma.TransactionClient;

/** The station's one file of data. */
export class Database extends PrismaClient {
  readonly #underWay = new Set<Promise<unknown>>();

  constructor(private readonly file: DurableSqlite) {
    super({ adapter: file });
  }

  /** Runs work of a library that knows plain SQLite, which makes transactions of its own. */
  aside<Result>(work: (file: Sqlite.Database) => Result): Promise<Result> {
    return this.file.aside(work);
  }

  /** Runs `work` in one transaction; committed when it resolves. No USB and no network inside. */
  commit<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
    const commit = this.$transaction(work, { maxWait: 30_000, timeout: 30_000 });
    this.#underWay.add(commit);
    const ended = (): boolean => this.#underWay.delete(commit);
    commit.then(ended, ended);
    return commit;
  }

  /** Waits for the transactions under way, then lets go of the file. */
  async close(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
    await this.$disconnect();
  }
}

/** Opens the database file, made or brought up to date where needed. `onFailure` hears of every error of the file. */
export function openDatabase(file: string, onFailure?: (cause: unknown) => void): Database {
  migrate(file);
  return new Database(new DurableSqlite(file, onFailure));
}
