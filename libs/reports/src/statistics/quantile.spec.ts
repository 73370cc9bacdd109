import { quantile } from './quantile.ts';

const NIST = [
  ...[
    95.1772, 95.1567, 95.1937, 95.1959, 95.1442, 95.061, 95.1591, 95.1195, 95.1065, 95.0925, 95.199, 95.1682,
  ],
];

test.each([
  [[15, 20, 35, 40, 50], 0.4, 29],
  [[4, 3, 2, 1], 0.65, 2.95],
  [[1, 2, 3, 4], 0.75, 3.25],
  [Array.from({ length: 20 }, (_, at) => at + 1), 0.95, 19.05],
  [[4, 1, 3, 2], 0.5, 2.5],
  [[10, 9, 100], 0.5, 10],
  [NIST, 0.9, 95.19568],
])('of %j the quantile %f is the published %f', (values, p, expected) => {
  expect(quantile(values, p)).toEqual({ n: values.length, value: expect.closeTo(expected, 9) as number });
});

test('of one value every quantile is that value, and of none there is none', () => {
  expect(quantile([7], 0.95)).toEqual({ n: 1, value: 7 });
  expect(quantile([], 0.5)).toEqual({ n: 0, value: null });
});
