import { isPlausibleUid } from './boards.ts';

test.each([
  ['066fff555052836687254113', true],
  ['000000000000000000000000', false],
  ['ffffffffffffffffffffffff', false],
  ['0000000000000000066fff55', false],
  ['ffffffff066fff55ffffffff', false],
  ['00000000066fff5550528366', true],
  ['066fff55', false],
])('a unique id of %s is plausible: %s', (uid, plausible) => {
  expect(isPlausibleUid(uid)).toBe(plausible);
});
