import { jest } from '@jest/globals';
import { AccountRegister, openToRead, RowSealing, verifyDatabase } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { Retention } from './retention.ts';

jest.setTimeout(120_000);

const HOST = { actor: 'host:test', role: 'host', reason: null };
const UID = 'a1b2c3d4e5f60718293a4b';

let bench: LedgerBench;
beforeEach(async () => {
  bench = await new LedgerBench().open();
  const sealing = new RowSealing();
  while (!(await bench.database.aside((file) => sealing.step(file, 100))));
});
afterEach(() => bench.close());

const verify = () => {
  const file = openToRead(bench.file);
  try {
    return verifyDatabase(file);
  } finally {
    file.close();
  }
};

async function run(job: string, board: number, outcomes: ('PASS' | 'FAIL')[]): Promise<void> {
  const uid = `0x${UID}${board.toString(16).padStart(2, '0')}`;
  for (const outcome of outcomes) {
    const claim = await bench.claim('1', uid);
    if (!claim) throw new Error(`Job ${job} has no unit for board ${board}.`);
    await bench.end(claim, outcome, outcome === 'PASS' ? null : 'verify-failed');
  }
}

/** Orders, serials, retests, holds, accounts changed by the command line beside the station, retention. */
async function busyShift(): Promise<void> {
  await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'A-', width: 5 }, first: 1 });
  const patches = [
    { from: 'range' as const, range: 'sn', address: '0x08000100', encoding: 'ascii' as const, bytes: 7 },
  ];
  await bench.recipe({ name: 'app', patches });
  await bench.order({ id: 'WO-1', recipe: { name: 'app' }, quantity: 4, lot: 'L1' });
  const job = await bench.post({ workOrder: 'WO-1', count: 6 });
  for (const board of [1, 2, 3]) await run(job.id, board, ['PASS']);
  await run(job.id, 4, ['FAIL']);
  const again = await bench.post({ image: bench.image, count: 3 });
  await bench.jobs.act(again.id, 'hold');
  const file = new Sqlite(bench.file);
  const accounts = new AccountRegister(file);
  accounts.addWithToken({ name: 'olga', role: 'operator' }, null, HOST);
  accounts.change('olga', { role: 'engineer' }, HOST);
  accounts.revoke('olga', HOST);
  file.close();
  await new Retention(bench.database, bench.events, 1).apply(new Date(Date.now() + 3 * 86_400_000));
}

test('a folder that nobody forged is whole after a busy shift', async () => {
  await busyShift();
  const report = verify();
  expect(report.problems).toEqual([]);
  expect(report.rowsCovered!.checked).toBeGreaterThan(20);
  expect(report.erased).toBeGreaterThan(0);
});

test('steps that were changed after their run are found, though retention has erased their events', async () => {
  await busyShift();
  const file = new Sqlite(bench.file);
  const { runId } = file.prepare('SELECT "runId" FROM "RunStep" LIMIT 1').get() as { runId: string };
  file.exec(`UPDATE "RunStep" SET "detail" = 'forged' WHERE "runId" = '${runId}'; DELETE FROM "Touched"`);
  file.close();
  expect(verify().problems).toEqual([
    expect.stringContaining(`states steps of run ${runId} (table RunStep) otherwise`),
  ]);
});

test('a run at work has no digest yet: one that was put in or changed is found by its start in the record', async () => {
  await bench.recipe({ name: 'app' });
  await bench.post({ recipe: { name: 'app' }, units: [{ serial: 'S-1' }] });
  const { runId } = (await bench.claim('1', `0x${UID}99`))!;
  expect(verify().problems).toEqual([]);
  const file = new Sqlite(bench.file);
  file.exec(`UPDATE "Run" SET "serial" = 'S-2' WHERE "id" = '${runId}'; DELETE FROM "Touched"`);
  expect(verify().problems).toEqual([expect.stringMatching(`states another serial of run ${runId} than`)]);
  file.exec(`UPDATE "Run" SET "serial" = 'S-1', "id" = 'run_forged' WHERE "id" = '${runId}'`);
  expect(verify().problems).toEqual([expect.stringMatching('none starts run run_forged, which')]);
  file.close();
});

test('a run adds less than 2 KiB of digests to the record', async () => {
  const sizeOf = async (work: () => Promise<void>) => {
    const bytes = async () =>
      (
        await bench.database.$queryRawUnsafe<{ bytes: bigint; rows: bigint }[]>(
          `SELECT count(*) AS rows, coalesce(sum(length("data") + length("at") + length("type") + length("subject") + 14 + 3 * 66), 0) AS bytes
        FROM "Event" WHERE "type" = 'record.rows'`,
        )
      )[0]!;
    const before = await bytes();
    await work();
    const after = await bytes();
    return { bytes: Number(after.bytes - before.bytes), rows: Number(after.rows - before.rows) };
  };
  await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'A-', width: 5 }, first: 1 });
  const patches = [
    { from: 'range' as const, range: 'sn', address: '0x08000100', encoding: 'ascii' as const, bytes: 7 },
  ];
  await bench.recipe({ name: 'app', patches });
  await bench.order({ id: 'WO-1', recipe: { name: 'app' }, quantity: 9, lot: 'L1' });
  const job = await bench.post({ workOrder: 'WO-1', count: 6 });
  await run(job.id, 1, ['PASS']);
  const one = await sizeOf(() => run(job.id, 2, ['PASS']));
  expect(one.rows).toBe(2);
  expect(one.bytes).toBeLessThan(2048);
});
