import { patternFault } from './serial-pattern.ts';
import { SerialRule } from './serial-rule.ts';

test.each([
  'SN\\d{6}',
  '[A-Z]{2}[0-9A-F]+',
  '(?:AB|CD|EF)-\\d{4}(-R\\d)?',
  'A*B*',
  '\\[x\\]\\.\\w{1,20}',
  '[\\]a-z-]{3}',
  'Ü\\d?',
])('%s is a pattern', (pattern) => {
  expect(patternFault(pattern)).toBeNull();
});

test.each([
  ['(a+)+', /too many ways/],
  ['(a|a)*', /too many ways/],
  ['(a|a|b){20}', /too many ways/],
  ['a*a*a*', /too many ways/],
  ['a?'.repeat(20) + 'a'.repeat(20), /too many ways/],
  ['(?=a)b', /look-around/],
  ['(?<n>a)', /look-around or names/],
  ['(a)\\1', /does not take "\\1"/],
  ['\\p{L}', /does not take "\\p"/],
  ['(a', /"\(" without "\)"/],
  ['a)', /"\)" without "\("/],
  ['[a', /"\[" without "\]"/],
  ['*a', /repeats nothing/],
  ['[z-a]', /not a regular expression/],
  ['a'.repeat(201), /at most 200 characters/],
])('%s is refused', (pattern, fault) => {
  expect(patternFault(pattern)).toMatch(fault);
});

test('a pattern that is taken answers at once, also for the text that fits it worst', () => {
  const worst = new RegExp('^(?:[A-Z]*\\d*)$', 'u');
  expect(patternFault('[A-Z]*\\d*')).toBeNull();
  expect(worst.test(`${'A'.repeat(63)}!`)).toBe(false);
});

test.each([
  [{}, /must say something/],
  [{ minLength: 9, maxLength: 8 }, /must be at least minLength/],
  [{ pattern: '(a+)+' }, /too many ways/],
  [{ gs1Ai: 'x' }, /2 to 4 digits/],
])('a rule of %j is refused', (rule, message) => {
  expect(SerialRule.safeParse(rule).error?.issues[0]?.message).toMatch(message);
});
