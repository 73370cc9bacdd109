import { fisherExact } from './fisher.ts';

// Values of R's fisher.test, of SciPy's tests and of the R package contingencytables.
test.each([
  [3, 1, 1, 3, 0.4857142857, 1e-10],
  [2, 15, 10, 3, 0.000536724119, 1e-12],
  [2, 7, 8, 2, 0.02301413756522, 1e-14],
  [5, 1, 10, 10, 0.1973244147157, 1e-13],
  [10, 5, 10, 1, 0.1973244147157, 1e-13],
  [5, 15, 20, 20, 0.09580440012478, 1e-14],
  [10, 5, 10, 0, 0.06126482213439, 1e-14],
  [5, 0, 1, 4, 0.0476190476, 1e-10],
  [0, 1, 3, 2, 1, 0],
  [0, 2, 6, 4, 0.4545454545, 1e-10],
  [0, 16, 15, 57, 0.06287, 5e-6],
  [6, 37, 108, 200, 0.005092697748126, 1e-15],
  [22, 0, 0, 102, 7.175066786245e-25, 1e-37],
  [94, 48, 3577, 16988, 2.069356340994e-37, 1e-49],
  [18000, 80000, 20000, 90000, 0.275148170406, 1e-12],
  [17704, 496, 1065, 75, 5.56e-11, 5e-14],
  [0, 0, 5, 10, 1, 0],
  [0, 5, 0, 10, 1, 0],
  [19, 16, 22, 42, 0.059532956, 1e-9],
  [6, 12, 35, 39, 0.3067911431, 1e-10],
])('%i %i / %i %i has the published p %p', (a, b, c, d, p, within) => {
  expect(Math.abs(fisherExact(a, b, c, d) - p)).toBeLessThanOrEqual(within);
});

test('p is the same for exchanged rows or columns and for the transposed table, and at most 1', () => {
  for (let a = 0; a <= 5; a++)
    for (let b = 0; b <= 5; b++)
      for (let c = 0; c <= 5; c++)
        for (let d = 0; d <= 5; d++) {
          const p = fisherExact(a, b, c, d);
          expect(p > 0 && p <= 1).toBe(true);
          for (const same of [fisherExact(c, d, a, b), fisherExact(b, a, d, c), fisherExact(a, c, b, d)])
            expect(same).toBeCloseTo(p, 12);
        }
});
