import type { Outcome } from '@boardwalk/contracts';
import fc from 'fast-check';
import type { ReportWindow } from '../window.ts';
import { Plant } from '../plant.ts';
import { folded, historyOf, type Told } from '../testing/made-history.ts';
import type { YieldReport } from './columns.ts';
import { YieldFold } from './fold.ts';

const ALL: ReportWindow = { from: null, to: null };
const BOARDS = 'wxyz';
const run = (board: string, outcome: Outcome, more: Partial<Told> = {}): Told => ({
  ...{ board: BOARDS.indexOf(board) + 1, outcome },
  ...more,
});
const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();
const yieldOf = (told: readonly Told[], window: ReportWindow = ALL): YieldReport =>
  folded(new YieldFold(window), historyOf(told), window);

test('a board that fails first and passes later counts in last-pass yield alone', () => {
  const { total } = yieldOf([run('x', 'FAIL'), run('x', 'PASS'), run('y', 'PASS')]);
  expect(total.firstPass).toMatchObject({ count: 1, of: 2 });
  expect(total.lastPass).toMatchObject({ count: 2, of: 2 });
  expect(total.runYield).toMatchObject({ count: 2, of: 3 });
});

test('an aborted run is no attempt', () => {
  const { total } = yieldOf([run('x', 'ABORTED'), run('x', 'PASS')]);
  expect(total.firstPass).toMatchObject({ count: 1, of: 1 });
});

test('station errors count as not passing, and the number without them is next to it', () => {
  const { total } = yieldOf([run('x', 'ERROR'), run('y', 'TIMEOUT'), run('z', 'PASS')]);
  expect(total.firstPass).toMatchObject({ count: 1, of: 3 });
  expect(total.firstPassWithoutStationErrors).toMatchObject({ count: 1, of: 1 });
});

test('different recipes never share a yield', () => {
  const { rows } = yieldOf([run('x', 'FAIL', { recipe: 'a' }), run('x', 'PASS', { recipe: 'b' })]);
  expect(rows.map(({ recipe, firstPass }) => [recipe, firstPass.count])).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

test('a board that fails for the station first is left out of the second number, however it ends', () => {
  const { total } = yieldOf([run('x', 'ERROR'), run('x', 'PASS'), run('y', 'FAIL')]);
  expect(total.firstPass).toMatchObject({ count: 0, of: 2 });
  expect(total.firstPassWithoutStationErrors).toMatchObject({ count: 0, of: 1 });
  expect(total.lastPass).toMatchObject({ count: 1, of: 2 });
});

test('a retest inside the window is no first attempt when the first lies before it', () => {
  const told = [run('x', 'FAIL'), run('x', 'PASS'), run('y', 'PASS')];
  const { total } = yieldOf(told, { from: minute(1), to: null });
  expect(total.firstPass).toMatchObject({ count: 1, of: 1 });
  expect(total.runYield).toMatchObject({ count: 2, of: 2 });
});

test('a window has its first instant and not its last', () => {
  const told = [run('x', 'PASS'), run('y', 'PASS')];
  expect(yieldOf(told, { from: minute(0), to: minute(1) }).total.firstPass.of).toBe(1);
});

test('no heading or rule uses an abbreviation that reads as three different yields', () => {
  expect(JSON.stringify(yieldOf([run('x', 'PASS')]))).not.toMatch(/TPY|FPY|RTY/);
});

const OUTCOMES: readonly Outcome[] = ['PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED'];
const histories = fc.array(fc.tuple(fc.constantFrom(...BOARDS), fc.constantFrom(...OUTCOMES)), {
  maxLength: 40,
});
const totalOf = (history: readonly (readonly [string, Outcome])[]) =>
  yieldOf(history.map(([board, outcome]) => run(board, outcome))).total;

test('every board with an attempt counts once, and a share lies within its interval', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const total = totalOf(history);
      const boards = new Set(history.filter(([, outcome]) => outcome !== 'ABORTED').map(([board]) => board));
      expect(total.boards).toBe(boards.size);
      for (const value of [total.firstPass, total.lastPass, total.runYield]) {
        if (value.share === null) continue;
        expect(value.low!).toBeLessThanOrEqual(value.share + 1e-12);
        expect(value.high!).toBeGreaterThanOrEqual(value.share - 1e-12);
      }
    }),
    { seed: 20260101 },
  );
});

test('aborted runs change no yield, wherever they fall', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const [all, counted] = [totalOf(history), totalOf(history.filter(([, o]) => o !== 'ABORTED'))];
      for (const key of ['firstPass', 'firstPassWithoutStationErrors', 'lastPass', 'runYield'] as const)
        expect(all[key]).toEqual(counted[key]);
    }),
    { seed: 20260102 },
  );
});

test('where boards are retested only until they pass, first-pass yield never exceeds last-pass yield', () => {
  fc.assert(
    fc.property(histories, (history) => {
      const done = new Set<string>();
      const retested = history.filter(([board, outcome]) => {
        if (done.has(board)) return false;
        if (outcome === 'PASS') done.add(board);
        return true;
      });
      const { firstPass, lastPass } = totalOf(retested);
      expect(firstPass.count).toBeLessThanOrEqual(lastPass.count);
    }),
    { seed: 20260103 },
  );
});

test('a retest in another slot stays a second attempt when the report is about that slot', () => {
  const told = [run('x', 'FAIL', { slot: '1' }), run('x', 'PASS', { slot: '2' })];
  const { total } = yieldOf(told, { ...ALL, slot: '2' });
  expect([total.boards, total.runs, total.firstPass.of]).toEqual([0, 1, 0]);
});

test('second and third pass are cumulative, and each is at least the one before', () => {
  const told = [
    ...[run('x', 'PASS'), run('y', 'FAIL'), run('y', 'PASS')],
    ...[run('z', 'FAIL'), run('z', 'ERROR'), run('z', 'PASS'), run('z', 'FAIL')],
  ];
  const { total } = yieldOf(told);
  const { firstPass, secondPass, thirdPass, lastPass } = total;
  expect([firstPass, secondPass, thirdPass, lastPass].map(({ count }) => count)).toEqual([1, 2, 3, 2]);
});

test('passed on retest is of the boards with a FAIL, and a repair begins another life', () => {
  const { total } = yieldOf([
    ...[run('w', 'FAIL'), run('w', 'PASS')],
    ...[run('x', 'FAIL'), run('x', 'PASS', { life: 2 })],
    ...[run('y', 'ERROR'), run('y', 'PASS'), run('z', 'PASS'), run('z', 'FAIL')],
  ]);
  expect(total.passedOnRetest).toMatchObject({ count: 1, of: 3 });
  expect(total.boards).toBe(5);
});

test('retest load is the attempts that were no first ones, of all attempts in the window', () => {
  const told = [run('x', 'FAIL'), run('x', 'ABORTED'), run('x', 'PASS'), run('y', 'PASS'), run('x', 'PASS')];
  expect(yieldOf(told).total).toMatchObject({
    ...{ retestLoad: { count: 2, of: 4, share: 0.5 }, runs: 4, aborted: 1 },
    outcomes: { PASS: 3, FAIL: 1, ABORTED: 1 },
  });
  expect(yieldOf(told, { from: minute(1), to: null }).total.retestLoad).toEqual({
    count: 2,
    of: 3,
    share: 2 / 3,
  });
  expect(yieldOf([]).total.retestLoad).toEqual({ count: 0, of: 0, share: null });
});

test('boards go by the slot of their first attempt, and attempts by their own', () => {
  const { rows } = yieldOf(
    [run('x', 'FAIL', { slot: '10' }), run('x', 'PASS', { slot: '2' }), run('y', 'PASS', { slot: '2' })],
    { ...ALL, groupBy: 'slot' },
  );
  expect(rows.map(({ key, boards, runs, lastPass }) => [key, boards, runs, lastPass.count])).toEqual([
    ['2', 1, 2, 1],
    ['10', 1, 1, 1],
  ]);
});

test('rows by day go by the day of the plant, and a row without a lot says null and links to such runs', () => {
  const at = ['2026-01-31T22:59:59Z', '2026-01-31T23:00:00Z'];
  const told = at.map((started, board) => run(BOARDS[board]!, 'PASS', { at: started }));
  const plant = new Plant('Europe/Berlin');
  const window = { ...ALL, groupBy: 'day', plant };
  expect(yieldOf(told, window).rows.map(({ key }) => key)).toEqual(['2026-01-31', '2026-02-01']);
  expect(yieldOf(told, window).rows[1]!.links['boards']).toBe(
    '/api/v1/runs?from=2026-01-31T23%3A00%3A00.000Z&to=2026-02-01T23%3A00%3A00.000Z&attempt=1',
  );
  const [row] = yieldOf(told, { ...ALL, groupBy: 'lot' }).rows;
  expect([row!.key, row!.links['runs']]).toEqual([null, '/api/v1/runs?lot=&attempt=any']);
});

test('rows by anything add up to the total', () => {
  const slots = fc.array(
    fc.tuple(fc.constantFrom(...BOARDS), fc.constantFrom(...OUTCOMES), fc.constantFrom('1', '2')),
  );
  fc.assert(
    fc.property(slots, (history) => {
      const told = history.map(([board, outcome, slot]) => run(board, outcome, { slot }));
      const { rows, total } = yieldOf(told, { ...ALL, groupBy: 'slot' });
      for (const name of ['boards', 'runs', 'aborted', 'stationErrors'] as const)
        expect(rows.reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
      for (const name of ['firstPass', 'secondPass', 'thirdPass', 'lastPass', 'passedOnRetest'] as const)
        expect(rows.reduce((sum, row) => sum + row[name].count, 0)).toBe(total[name].count);
    }),
    { seed: 20260104 },
  );
});

test('rows that follow each other have a chart of the boards that did not pass first; slots have none', () => {
  const told = Array.from({ length: 400 }, (_, index) => ({
    ...run('w', index % 10 === 0 || (index >= 300 && index % 3 === 0) ? 'FAIL' : 'PASS'),
    ...{ board: index + 1, lot: `L${Math.floor(index / 100)}` },
  }));
  const { chart, rules } = yieldOf(told, { ...ALL, groupBy: 'lot' });
  expect(chart!.points.map(({ key, count, of, outside }) => [key, count, of, outside])).toEqual([
    ...[
      ['L0', 10, 100, false],
      ['L1', 10, 100, false],
      ['L2', 10, 100, false],
    ],
    ['L3', expect.any(Number), 100, true],
  ]);
  expect(rules.at(-1)).toMatch(/^Chart: /);
  expect(yieldOf(told, { ...ALL, groupBy: 'slot' }).chart).toBeNull();
});
