import fc from 'fast-check';
import { Plant } from '../plant.ts';
import { madeCode, madeStart } from '../testing/made-ledger.ts';
import type { ReportWindow } from '../window.ts';
import type { ShiftLedgerReport } from './columns.ts';
import type { ScannedCode, StartedRun } from './entries.ts';
import { EXCEPTION_KINDS } from './exception-kinds.ts';
import { ShiftLedgerFold } from './fold.ts';

const SHIFTS = [
  { name: 'early', start: '06:00', end: '14:00' },
  { name: 'late', start: '14:00', end: '22:00' },
];
const plant = new Plant('Europe/Berlin', [{ since: '2026-01-01T00:00:00.000Z', shifts: SHIFTS }]);
/** A time of 21 November 2026 in Berlin, an hour ahead of UTC. */
const at = (time: string): string => new Date(Date.parse(`2026-11-21T${time}:00+01:00`)).toISOString();
const EARLY = '2026-11-21 early';

function ledgerOf(
  codes: readonly Partial<ScannedCode>[],
  runs: readonly Partial<StartedRun>[],
  asked: Partial<ReportWindow> = {},
): ShiftLedgerReport {
  const fold = new ShiftLedgerFold({ from: null, to: null, plant, ...asked });
  fold.addCodes(codes.map((code, index) => madeCode({ id: index + 1, at: at('08:00'), ...code })));
  fold.addStarts(runs.map((run, index) => madeStart({ id: `run_${index}`, at: at('08:00'), ...run })));
  return fold.report();
}

test('every code of a board is in one account, and the codes of no board are next to it', () => {
  const { rows } = ledgerOf(
    [
      ...([{ fate: 'started' }, { fate: 'started' }, { fate: 'waiting' }, { fate: 'held' }] as const),
      ...([
        { fate: 'refused' },
        { fate: 'expired' },
        { fate: 'cancelled' },
        { ofBoard: false, fate: null },
      ] as const),
    ],
    [],
  );
  expect(rows).toMatchObject([
    {
      ...{ key: EARLY, codes: 7, started: 2, waiting: 1, held: 1, refused: 1, expired: 1, cancelled: 1 },
      ...{ unaccounted: 0, otherCodes: 1, balanced: true },
      exceptions: { waiting: 1, held: 1, refused: 1, expired: 1, cancelled: 1 },
    },
  ]);
});

test('boards started are those that ended and those that run, and the running one is named', () => {
  const { rows, exceptions } = ledgerOf(
    [],
    [
      { outcome: 'PASS', scanned: true },
      { outcome: 'FAIL' },
      { outcome: null, finishedAt: null, slot: '7', serial: 'SN7', operator: 'ann' },
    ],
  );
  expect(rows).toMatchObject([
    {
      ...{ boardsStarted: 3, boardsEnded: 2, running: 1, withCode: 1, balanced: false },
      outcomes: { PASS: 1, FAIL: 1 },
    },
  ]);
  expect(exceptions).toMatchObject([
    {
      kind: 'running',
      slot: '7',
      serial: 'SN7',
      operator: 'ann',
      runId: 'run_2',
      link: '/api/v1/runs/run_2',
    },
  ]);
});

test('a code of which the record does not say what became of it is named, and the shift is not balanced', () => {
  const { total, exceptions } = ledgerOf([{ fate: null, serial: 'SN1', jobId: 'job_1' }], []);
  expect(total).toMatchObject({ codes: 1, unaccounted: 1, balanced: false });
  expect(exceptions).toMatchObject([{ kind: 'unaccounted', serial: 'SN1', link: '/api/v1/jobs/job_1' }]);
});

test('a run that ends after its shift belongs to the shift in which it started, and it is named', () => {
  const { rows, exceptions } = ledgerOf(
    [{ at: at('13:58'), fate: 'started', runId: 'run_0', runStartedAt: at('14:01') }],
    [
      { at: at('13:59'), finishedAt: at('14:00'), outcome: 'PASS' },
      { at: at('14:01'), finishedAt: at('14:02'), outcome: 'PASS' },
    ],
  );
  expect(
    rows.map(({ key, codes, boardsStarted, boardsEnded, balanced }) => [
      ...[key, codes, boardsStarted, boardsEnded, balanced],
    ]),
  ).toEqual([
    [EARLY, 1, 1, 1, true],
    ['2026-11-21 late', 0, 1, 1, true],
  ]);
  expect(exceptions.map(({ kind, key, at: when }) => [kind, key, when])).toEqual([
    ['ended-later', EARLY, at('13:59')],
    ['started-later', EARLY, at('13:58')],
  ]);
});

test('a run that the station interrupted has ended, and it is named', () => {
  const { total } = ledgerOf([], [{ outcome: 'ERROR', reason: 'interrupted' }]);
  expect(total).toMatchObject({ boardsEnded: 1, balanced: true, exceptions: { interrupted: 1 } });
});

test('rows by operator have no shift to leave, and runs without an operator come last', () => {
  const { rows } = ledgerOf(
    [{ operator: 'bob', at: at('13:58'), fate: 'started', runStartedAt: at('14:01') }],
    [{ operator: null }, { operator: 'ann' }],
    { groupBy: 'operator' },
  );
  expect(
    rows.map(({ key, codes, boardsStarted, exceptions }) => [key, codes, boardsStarted, exceptions]),
  ).toEqual([
    ['ann', 0, 1, {}],
    ['bob', 1, 0, {}],
    [null, 0, 1, {}],
  ]);
  expect(rows.at(-1)!.links['boardsStarted']).toBe('/api/v1/runs?operator=');
});

test('a row leads to the runs that started in its shift', () => {
  const { rows, total } = ledgerOf([], [{}], { filters: { workOrder: 'WO-1' } });
  expect(rows[0]!.links['boardsStarted']).toBe('/api/v1/runs?workOrder=WO-1&shift=2026-11-21+early');
  expect(total.links['boardsStarted']).toBe('/api/v1/runs?workOrder=WO-1');
});

test('at most 1,000 exceptions are listed, the latest first, and all are counted', () => {
  const late = (index: number): string => new Date(Date.parse(at('08:00')) + index).toISOString();
  const codes = Array.from({ length: 2500 }, (_, index) => ({ fate: 'refused' as const, at: late(index) }));
  const { total, exceptions } = ledgerOf(codes, []);
  expect([total.exceptions['refused'], exceptions.length]).toEqual([2500, 1000]);
  expect([exceptions[0]!.at, exceptions.at(-1)!.at]).toEqual([late(2499), late(1500)]);
});

const times = fc
  .integer({ min: 0, max: 48 * 60 })
  .map((m) => new Date(Date.parse(at('00:00')) + m * 60_000).toISOString());
const fates = fc.constantFrom('started', 'waiting', 'held', 'refused', 'expired', 'cancelled', null);
const SEED = 20261121;

test('both accounts agree for any history, in every row and in all', () => {
  const codes = fc.array(fc.record({ at: times, fate: fates, ofBoard: fc.boolean() }));
  const runs = fc.array(
    fc.record({ at: times, finishedAt: times, outcome: fc.constantFrom('PASS', 'FAIL', 'ERROR', null) }),
  );
  fc.assert(
    fc.property(codes, runs, (scanned, started) => {
      const { rows, total, exceptions } = ledgerOf(scanned, started);
      for (const row of [...rows, total]) {
        const { waiting, held, refused, expired, cancelled, unaccounted } = row;
        expect(row.codes).toBe(row.started + waiting + held + refused + expired + cancelled + unaccounted);
        expect(row.boardsStarted).toBe(row.boardsEnded + row.running);
        expect(row.balanced).toBe(row.unaccounted + row.running === 0);
      }
      for (const name of ['codes', 'otherCodes', 'boardsStarted', 'boardsEnded'] as const)
        expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
      const counted = EXCEPTION_KINDS.reduce((sum, kind) => sum + (total.exceptions[kind] ?? 0), 0);
      expect(exceptions).toHaveLength(counted);
    }),
    { seed: SEED },
  );
});
