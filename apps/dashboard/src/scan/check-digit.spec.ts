import { hasCheckDigit } from './check-digit.ts';

/** From the GS1 General Specifications, §7.9, and an article number with its last digit changed. */
test.each([
  ['4012345678901', true],
  ['96385074', true],
  ['036000291452', true],
  ['376104250021234569', true],
  ['4012345678902', false],
  ['401234567890', false],
  ['SN12345670', false],
])('%s: its check digit holds is %s', (text, holds) => expect(hasCheckDigit(text)).toBe(holds));
