import { share } from '../wilson.ts';

// Values of R's prop.test(correct = FALSE), of R packages' tests, and of Newcombe 1998 (method 3).
test.each([
  [3, 10, 0.1077913, 0.6032219, 6],
  [13, 16, 0.5699, 0.9341, 4],
  [0, 10, 0, 0.2775328, 7],
  [10, 10, 0.7224672, 1, 7],
  [0, 32, 0, 0.1071792, 7],
  [32, 32, 0.8928208, 1, 7],
  [81, 263, 0.2553, 0.3662, 4],
  [15, 148, 0.0624, 0.1605, 4],
  [0, 20, 0, 0.1611252, 7],
  [1, 29, 0.0061, 0.1718, 4],
  [0, 1, 0, 0.7934506856, 9],
  [1, 1, 0.2065493144, 1, 9],
])('%i of %i has the published interval %f to %f', (count, of, low, high, digits) => {
  const value = share(count, of);
  expect(value.low).toBeCloseTo(low, digits);
  expect(value.high).toBeCloseTo(high, digits);
});

test('0 of n begins at exactly 0 and n of n ends at exactly 1, for every n up to 2000', () => {
  for (let n = 1; n <= 2000; n++) {
    expect(share(0, n).low).toBe(0);
    expect(share(n, n).high).toBe(1);
  }
});

test('nothing counted has no share, and no interval', () => {
  expect(share(0, 0)).toEqual({ count: 0, of: 0, share: null, low: null, high: null });
});

test('intervals include their share, mirror each other, rise with the count and shrink with n', () => {
  for (let n = 1; n <= 40; n++)
    for (let k = 0; k <= n; k++) {
      const [{ share: p, low, high }, mirror, wider] = [share(k, n), share(n - k, n), share(2 * k, 2 * n)];
      expect(0 <= low! && low! <= p! && p! <= high! && high! <= 1).toBe(true);
      expect([low === 0, high === 1]).toEqual([k === 0, k === n]);
      expect(low).toBeCloseTo(1 - mirror.high!, 14);
      expect(wider.high! - wider.low!).toBeLessThan(high! - low!);
      if (k > 0) expect(share(k - 1, n).low! < low! && share(k - 1, n).high! < high!).toBe(true);
    }
});
