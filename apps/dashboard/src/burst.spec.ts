import { Burst, BURST_MS } from './burst.ts';

test('keys of a scanner are one burst, keys of a person are not', () => {
  const burst = new Burst();
  expect([1000, 1010, 1040].map((at) => burst.continues(at))).toEqual([false, true, true]);
  expect(burst.continues(1040 + BURST_MS)).toBe(false);
});
