import type { Outcome } from '@boardwalk/contracts';
import fc from 'fast-check';
import { share } from './wilson.ts';
import { yieldReport, type Attempt } from './yield.ts';

const ALL = { from: null, to: null };
let minute = 0;
const attempt = (board: string, outcome: Outcome, recipe = 'a'): Attempt => ({
  board,
  recipe,
  slot: '1',
  at: new Date(Date.UTC(2026, 0, 1, 0, minute++)).toISOString(),
  outcome,
});

test.each([
  [97, 100, 0.9155, 0.9897],
  [970, 1000, 0.9575, 0.9789],
  [20, 20, 0.8389, 1],
])('%i of %i has the Wilson interval %f to %f', (count, of, low, high) => {
  const value = share(count, of);
  expect(value.low).toBeCloseTo(low, 3);
  expect(value.high).toBeCloseTo(high, 3);
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

test('first-pass yield never exceeds last-pass yield unless a board got worse, and shares stay between 0 and 1', () => {
  const outcomes = fc.constantFrom<Outcome>('PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED');
  const history = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), outcomes), { maxLength: 40 });
  fc.assert(
    fc.property(history, (list) => {
      const { total } = yieldReport(
        list.map(([board, outcome]) => attempt(board, outcome)),
        ALL,
      );
      const boards = new Set(list.filter(([, outcome]) => outcome !== 'ABORTED').map(([board]) => board));
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
