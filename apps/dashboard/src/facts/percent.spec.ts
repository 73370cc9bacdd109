import { percentOf } from './percent.ts';

test('a share is said in per cent with its interval, to a tenth', () => {
  expect(percentOf({ count: 317, of: 322, share: 317 / 322, low: 0.96419, high: 0.99336 })).toEqual({
    ...{ share: 98.4, low: 96.4, high: 99.3 },
  });
});

test('a share of no board is no number', () => {
  expect(percentOf({ count: 0, of: 0, share: null, low: null, high: null })).toBeNull();
});
