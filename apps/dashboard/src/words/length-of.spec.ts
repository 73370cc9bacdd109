import { lengthOf } from './length-of.ts';

test.each([
  ['', 0],
  ['SN-000318', 9],
  ['→ red box', 9],
  ['红箱', 4],
  ['自 14:31 起非实时', 17],
  ['第 3/4 步：program', 18],
])('the length of %j as it is set is %i', (text, length) => {
  expect(lengthOf(text)).toBe(length);
});
