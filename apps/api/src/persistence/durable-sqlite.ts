import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;

const PRAGMAS =
  'PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=5000;';

/**
 * Prisma's SQLite adapter, made safe: `synchronous=FULL` in WAL, and one writer at a time. Without the lock a plain
 * statement joins whatever transaction is open on the single connection, and is lost when that one rolls back.
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
          return await act(...args);
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
