import type { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { Turns } from '../clock/turns.ts';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;
type Started = Awaited<ReturnType<Connection['startTransaction']>>;

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
