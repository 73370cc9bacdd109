import { jest } from '@jest/globals';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { History } from '../testing/history.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { recount } from './recount.ts';

/** `BOARDWALK_SCALE=200000` upgrades what the acceptance asks for. */
const RUNS = Number(process.env['BOARDWALK_SCALE'] ?? 900);

jest.setTimeout(Math.max(300_000, RUNS * 10));

let ledger: LedgerBench;
afterEach(() => ledger.close());

async function kept() {
  const { database } = ledger;
  const bySequence = await database.run.findMany({
    orderBy: { sequence: 'asc' },
    select: { id: true, board: true, attempt: true, lot: true },
  });
  return {
    runs: bySequence,
    orders: await database.workOrder.findMany({ orderBy: { id: 'asc' }, select: { id: true, passed: true } }),
    boards: await database.board.findMany({ orderBy: { number: 'asc' } }),
    attempts: await database.boardAttempts.findMany({ orderBy: [{ board: 'asc' }, { recipe: 'asc' }] }),
  };
}

test('an upgrade that ends at every page goes on there, while boards are claimed, and counts what a recount counts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-upgrade-'));
  new History(join(folder, 'boardwalk.db'), 7).add(RUNS).close();
  const folderOf = () => new LedgerBench({}, folder);
  ledger = await folderOf().open();
  await ledger.recipe({ name: 'app' });
  // The board of the last old run comes back before the upgrade has reached it.
  const last = await ledger.database.run.findFirstOrThrow({
    where: { uid: { startsWith: '066f' }, outcome: { not: 'ABORTED' } },
    orderBy: { sequence: 'desc' },
  });
  const earlier = await ledger.database.run.count({ where: { uid: last.uid, outcome: { not: 'ABORTED' } } });
  await ledger.post({ recipe: { name: 'app' }, units: [{ slot: '1' }] });
  const claim = (await ledger.claim('1', last.uid))!;
  await ledger.end(claim, 'PASS');
  const came = await ledger.database.run.findUniqueOrThrow({ where: { id: claim.runId } });
  expect(came.attempt).toBe(earlier + 1);
  for (let more = true; more;) {
    more = await ledger.oldRuns.step();
    await ledger.database.$disconnect();
    ledger = folderOf();
    await ledger.oldRuns.begin();
  }
  expect(ledger.oldRuns.progress).toEqual({ counted: RUNS, total: RUNS, done: true });
  const before = await kept();
  expect(before.runs.filter(({ board }) => board === null)).toEqual([]);
  expect(before.runs.filter(({ lot }) => lot === null)).toHaveLength(1);
  for (const { number } of before.boards)
    await ledger.database.commit((transaction) => recount(transaction, number));
  expect(await kept()).toEqual(before);
  const file = openToRead(ledger.file);
  expect(verifyDatabase(file).firstBad).toBeNull();
  file.close();
});
