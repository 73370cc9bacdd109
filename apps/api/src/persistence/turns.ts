import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Started = Awaited<ReturnType<Connection['startTransaction']>>;

/** How long statements may follow each other before everything else on the event loop has its turn. */
const TURN_MS = 5;

/** Lets everything else that waits for the event loop go first. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Counts the time since the event loop had its last turn. */
export class Turns {
  #since = 0;

  constructor(
    private readonly now: () => number = () => performance.now(),
    private readonly pause: () => Promise<void> = turn,
  ) {}

  /** Call after each piece of work. */
  async next(): Promise<void> {
    if (this.now() - this.#since < TURN_MS) return;
    await this.pause();
    this.#since = this.now();
  }
}

/**
 * SQLite answers at once, so a transaction of many statements would keep the event loop from its first to its last:
 * promises that are settled already give no turn to sockets and probes. Here statements give it one in time.
 */
export function takeTurns<Runner extends Connection | Started>(runner: Runner, turns: Turns): Runner {
  const [query, execute] = [runner.queryRaw.bind(runner), runner.executeRaw.bind(runner)];
  const afterIt = async <Result>(work: Promise<Result>): Promise<Result> => {
    const result = await work;
    await turns.next();
    return result;
  };
  runner.queryRaw = (...args) => afterIt(query(...args));
  runner.executeRaw = (...args) => afterIt(execute(...args));
  return runner;
}
