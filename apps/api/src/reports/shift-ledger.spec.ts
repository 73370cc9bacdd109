import { jest } from '@jest/globals';
import type { ReportFrame, ShiftLedgerReport } from '@boardwalk/reports';
import { ScanBench } from '../testing/scan-bench.ts';
import { until } from '../testing/until.ts';

jest.setTimeout(240_000);

let bench: ScanBench;
beforeAll(async () => {
  bench = await new ScanBench(['f103c8', '-'], { BOARDWALK_TIME_ZONE: 'Europe/Berlin' }).open();
  await bench.recipes('app');
  await bench.order('WO-1');
});
afterAll(() => bench.close());

type Answer = ShiftLedgerReport & ReportFrame;
const ledger = (query = '') => bench.station.json<Answer>('GET', `/reports/shift-ledger${query}`);

/** The kinds of exceptions with the codes that they name. */
const named = ({ exceptions }: Answer): string[] =>
  exceptions.map(({ kind, code, serial }) => `${kind} ${code ?? serial}`).sort();

test('before anything is scanned both accounts are empty, and they agree', async () => {
  expect(await ledger()).toMatchObject({ rows: [], total: { codes: 0, boardsStarted: 0, balanced: true } });
});

test('codes that started, wait, and were refused are in the ledger as scan_log has them', async () => {
  // The first serial starts on the one board that is there, the second one waits for a board.
  await bench.say('WO-1', 'SN000001');
  await bench.fatesSo((fates) => fates.includes('SN000001 started'));
  await bench.done('1');
  await until(
    () => ledger(),
    ({ total }) => total.boardsEnded === 1,
  );
  await bench.say('SN000002', 'SN0 0\u00e90');
  const answer = await ledger();
  const fates = bench.fates();
  const { total, rows } = answer;
  expect([total.codes, total.started, total.waiting, total.refused]).toEqual([
    ...[
      fates.length,
      ...['started', 'waiting', 'refused'].map((fate) => fates.filter((one) => one.endsWith(fate)).length),
    ],
  ]);
  expect(total).toMatchObject({
    started: 1,
    waiting: 1,
    boardsStarted: 1,
    boardsEnded: 1,
    withCode: 1,
    balanced: true,
  });
  expect(total.otherCodes).toBeGreaterThanOrEqual(1);
  expect(named(answer)).toContain('waiting SN000002');
  expect(rows.reduce((sum, { codes }) => sum + codes, 0)).toBe(total.codes);
  const { data } = await bench.station.json<{ data: unknown[] }>(
    'GET',
    total.links['boardsStarted']!.slice('/api/v1'.length),
  );
  expect(data).toHaveLength(total.boardsStarted);
});

test('a code that is given up is cancelled, and the account still agrees', async () => {
  await bench.say('%BW-SKIP');
  const { total } = await ledger();
  const { codes, started, waiting, held, refused, expired, cancelled } = total;
  expect([waiting, cancelled, total.balanced]).toEqual([0, 1, true]);
  expect(codes).toBe(started + waiting + held + refused + expired + cancelled);
});

test('it answers by operator and day and as CSV, and refuses filters that codes do not have', async () => {
  expect((await ledger('?groupBy=operator')).rows).toMatchObject([{ boardsStarted: 1 }]);
  expect((await ledger('?groupBy=day&operator=nobody')).rows).toEqual([]);
  const table = await bench.station.call('GET', '/api/v1/reports/shift-ledger', undefined, {
    headers: { accept: 'text/csv' },
  });
  expect((await table.text()).split('\r\n')[0]).toMatch(
    /^.?key,codes,started,waiting,held,refused,expired,cancelled,/,
  );
  expect((await bench.station.call('GET', '/api/v1/reports/shift-ledger?lot=B7')).status).toBe(400);
});
