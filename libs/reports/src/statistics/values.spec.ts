import fc from 'fast-check';
import { quantile } from './quantile.ts';
import { Values } from './values.ts';

test('quantiles of counted values are those of the values themselves', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.constantFrom(0, 0.5, 0.95, 1), (values, p) => {
      const counted = new Values(1);
      for (const value of values) counted.add(value);
      expect(counted.quantile(p)).toBeCloseTo(quantile(values, p).value!, 9);
      expect([counted.n, counted.min]).toEqual([values.length, Math.min(...values)]);
    }),
    { seed: 20261127 },
  );
});

test('of none there is no quantile, and a voltage has no more digits than its step', () => {
  expect(new Values(1).quantile(0.5)).toBeNull();
  const volts = new Values(0.001);
  volts.add(3.3004);
  expect([volts.quantile(0.5), volts.min]).toEqual([3.3, 3.3]);
});
