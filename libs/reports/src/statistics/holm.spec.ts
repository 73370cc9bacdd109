import { holm } from './holm.ts';

test('four published p-values are adjusted step by step, in the order they came in', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [at, value] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[at]).toBeCloseTo(value, 12);
});

test('the values of R multtest come out', () => {
  const p = [5.23656777208e-5, 2.8140506198e-4, 0.0149877310796, 0.0202732688798, 0.177096952723];
  const adjusted = holm([...p, 0.642, 0.68, 0.716, 0.838, 0.967]);
  const published = [5.23656777208e-4, 0.00253264555782, 0.1199018486368, 0.1419128821586, 1, 1, 1, 1, 1, 1];
  for (const [at, value] of published.entries()) expect(adjusted[at]).toBeCloseTo(value, 12);
});

test('what was not tested does not count, and one test stays as it is', () => {
  expect(holm([null, 0.2, null])).toEqual([null, 0.2, null]);
  expect(holm([])).toEqual([]);
});
