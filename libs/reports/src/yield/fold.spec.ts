import type { Outcome } from '@boardwalk/contracts';
import fc from 'fast-check';
import type { Attempt } from '../attempt.ts';
import { share } from '../wilson.ts';
import { yieldReport } from './fold.ts';

const ALL = { from: null, to: null };
let minute = 0;
const attempt = (board: string, outcome: Outcome, recipe = 'a'): Attempt => ({
  board,
  recipe,
  slot: '1',
  at: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
  outcome,
  workOrder: null,
});

test.each([
  [97, 100, 0.9155, 0.9897],
  [970, 1000, 0.9575, 0.9789],
  [20, 20, 0.8389, 1],
])('%i of %i has the Wilson interval %f to %f', (count, of, low, high) => {
  const value = share(count, of);
  expect(value.low).toBeCloseTo(low, 4);
  expect(value.high).toBeCloseTo(high, 4);
});

test('nothing counted has no share, and no interval', () => {
  expect(share(0, 0)).toEqual({ count: 0, of: 0, share: null, low: null, high: null });
});

test('a board that fails first and passes later counts in last-pass yield alone', () => {
  const { total } = yieldReport([attempt('x', 'FAIL'), attempt('x', 'PASS'), attempt('y', 'PASS')], ALL);
  expect(total.firstPass).toMatchObject({ count: 1, of: 2 });
  expect(total.lastPass).toMatchObject({ count: 2, of: 2 });
  expect(total.runYield).toMatchObject({ count: 2, of: 3 });
});

test('an aborted run is no attempt', () => {
  const { total } = yieldReport([attempt('x', 'ABORTED'), attempt('x', 'PASS')], ALL);
  expect(total.firstPass).toMatchObject({ count: 1, of: 1 });
});

test('station errors count as not passing, and the number without them stands beside it', () => {
  const { total } = yieldReport([attempt('x', 'ERROR'), attempt('y', 'TIMEOUT'), attempt('z', 'PASS')], ALL);
  expect(total.firstPass).toMatchObject({ count: 1, of: 3 });
  expect(total.firstPassWithoutStationErrors).toMatchObject({ count: 1, of: 1 });
});

test('different recipes never share a yield', () => {
  const { rows } = yieldReport([attempt('x', 'FAIL', 'a'), attempt('x', 'PASS', 'b')], ALL);
  expect(rows.map(({ recipe, firstPass }) => [recipe, firstPass.count])).toEqual([
    ['a', 0],
    ['b', 1],
  ]);
});

test('a board that fails for the station first is left out of the number beside, however it ends', () => {
  const { total } = yieldReport([attempt('x', 'ERROR'), attempt('x', 'PASS'), attempt('y', 'FAIL')], ALL);
  expect(total.firstPass).toMatchObject({ count: 0, of: 2 });
  expect(total.firstPassWithoutStationErrors).toMatchObject({ count: 0, of: 1 });
  expect(total.lastPass).toMatchObject({ count: 1, of: 2 });
});

test('a retest inside the window is no first attempt when the first lies before it', () => {
  const before = attempt('x', 'FAIL');
  const retest = attempt('x', 'PASS');
  const fresh = attempt('y', 'PASS');
  const { total } = yieldReport([before, retest, fresh], { from: retest.at, to: null });
  expect(total.firstPass).toMatchObject({ count: 1, of: 1 });
  expect(total.runYield).toMatchObject({ count: 2, of: 2 });
});

test('a window holds its first instant and not its last', () => {
  const [x, y] = [attempt('x', 'PASS'), attempt('y', 'PASS')];
  expect(yieldReport([x, y], { from: x.at, to: y.at }).total.firstPass.of).toBe(1);
});

test('no heading or rule uses an abbreviation that reads as three different yields', () => {
  expect(JSON.stringify(yieldReport([attempt('x', 'PASS')], ALL))).not.toMatch(/TPY|FPY|RTY/);
});

const OUTCOMES: readonly Outcome[] = ['PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED'];
const histories = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...OUTCOMES)), {
  maxLength: 40,
});
const totalOf = (history: readonly (readonly [string, Outcome])[]) =>
  yieldReport(
    history.map(([board, outcome]) => attempt(board, outcome)),
    ALL,
  ).total;

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
  const retested = { ...attempt('x', 'PASS'), slot: '2' };
  const history = [{ ...attempt('x', 'FAIL'), slot: '1', at: '2026-01-01T00:00:00Z' }, retested];
  const { total } = yieldReport(history, { ...ALL, slot: '2' });
  expect([total.boards, total.runs, total.firstPass.of]).toEqual([0, 1, 0]);
});
