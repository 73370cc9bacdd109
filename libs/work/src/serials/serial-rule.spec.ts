import { SerialFormat, SerialRule } from '@boardwalk/contracts';
import fc from 'fast-check';
import { readCode } from '../scan/read-code.ts';
import { readSerial } from './read-serial.ts';
import { formatSerial } from './serial-format.ts';
import { judgeSerial, judgeText, ruleInWords, serialFault, type ResolvedRule } from './serial-rule.ts';

const NONE: ResolvedRule = { rule: null, range: null };
const rule = (body: SerialRule): ResolvedRule => ({ rule: SerialRule.parse(body), range: null });
const BW = SerialFormat.parse({ prefix: 'BW-', width: 4, check: 'luhn' });
const ranged: ResolvedRule = {
  rule: { range: 'bw' },
  range: { name: 'bw', format: BW, first: 1, last: 500 },
};
const GTIN = '04012345678901';

test.each<[string, ResolvedRule, string]>([
  ['SN000123', NONE, 'SN000123'],
  ['abc', NONE, 'abc'],
  ['A.b_c/d-9', NONE, 'A.b_c/d-9'],
  ['A'.repeat(64), NONE, 'A'.repeat(64)],
  [`]d201${GTIN}21SN7`, NONE, 'SN7'],
  ['{"sn":"A-17"}', NONE, 'A-17'],
  ['8', rule({ maxLength: 2 }), '8'],
  ['SN 1', rule({ pattern: 'SN \\d' }), 'SN 1'],
  ['SN000123', rule({ pattern: 'SN\\d{6}' }), 'SN000123'],
  ['b', rule({ pattern: 'a|b' }), 'b'],
  ['79927398713', rule({ check: 'luhn' }), '79927398713'],
  ['X-79927398713', rule({ check: 'luhn' }), 'X-79927398713'],
  [GTIN, rule({ check: 'gs1' }), GTIN],
  ['79444', rule({ check: 'mod97' }), '79444'],
  [`]C101${GTIN}21SN7`, rule({ gs1Ai: '21', maxLength: 3 }), 'SN7'],
  [']d28004ASSET-1', rule({ gs1Ai: '8004' }), 'ASSET-1'],
  [formatSerial(BW, 500), ranged, formatSerial(BW, 500)],
])('%j is a serial by %j', (code, by, serial) => {
  expect(judgeSerial(readCode(code), by)).toEqual({ serial });
});

test.each<[string, ResolvedRule, string, RegExp]>([
  ['8', NONE, 'no serial rule', /"8" is no serial: it has 1 characters .* %BW-SLOT-/],
  ['A'.repeat(65), NONE, 'no serial rule', /65 characters/],
  ['slot 8', NONE, 'no serial rule', /" " at position 5/],
  ['-AB', NONE, 'no serial rule', /"-" at position 1/],
  ['SNß12', NONE, 'no serial rule', /"ß" at position 3/],
  ['https://example.com/1', NONE, 'no serial rule', /address on the web/],
  ['example.com/17', NONE, 'no serial rule', /address on the web/],
  [`]d201${GTIN}`, NONE, 'no serial rule', /no serial \(21\)/],
  ['SN00012', rule({ pattern: 'SN\\d{6}' }), 'pattern', /"SN00012" breaks .* pattern SN\\d\{6\}/],
  ['xSN000123', rule({ pattern: 'SN\\d{6}' }), 'pattern', /pattern/],
  ['bc', rule({ pattern: 'a|b' }), 'pattern', /pattern/],
  ['https://example.com', rule({ minLength: 2 }), 'pattern', /address on the web/],
  ['AB', rule({ minLength: 3 }), 'minLength', /has 2 characters and must have at least 3/],
  ['ABCD', rule({ maxLength: 3 }), 'maxLength', /has 4 characters and must have at most 3/],
  ['A'.repeat(65), rule({ minLength: 3 }), 'maxLength', /at most 64/],
  ['79927398714', rule({ check: 'luhn' }), 'check', /luhn check is 4 and must be 3/],
  ['ABC', rule({ check: 'luhn' }), 'check', /no digits/],
  ['04012345678902', rule({ check: 'gs1' }), 'check', /is 2 and must be 1/],
  ['79445', rule({ check: 'mod97' }), 'check', /is 45 and must be 44/],
  ['SN7', rule({ gs1Ai: '21' }), 'gs1Ai', /GS1 element \(21\) serial; this code has none/],
  [`]d201${GTIN}10LOT`, rule({ gs1Ai: '21' }), 'gs1Ai', /this code has none/],
  [`]d201${GTIN}21SN77`, rule({ gs1Ai: '21', maxLength: 3 }), 'maxLength', /at most 3/],
  [formatSerial(BW, 501), ranged, 'range', /number 501 is outside the range "bw", 1 to 500/],
  ['BW-00017', ranged, 'range', /luhn check is 7 and must be 8/],
  ['XX-00018', ranged, 'range', /must begin with "BW-"/],
  ['BW-000018', ranged, 'range', /has 9 characters and must have 8/],
  ['SN\u200b1', NONE, 'characters', /zero-width space/],
])('%j is no serial by %j: %s', (code, by, failed, message) => {
  expect(judgeSerial(readCode(code), by)).toMatchObject({
    failed,
    message: expect.stringMatching(message) as string,
  });
});

test('a serial that a MES names is judged by the same rule', () => {
  expect(judgeText('SN1', NONE)).toEqual({ serial: 'SN1' });
  expect(judgeText('SN\u202e1', rule({ pattern: '.+' }))).toMatchObject({ failed: 'characters' });
  expect(judgeText('BW-00018', ranged)).toEqual({ serial: 'BW-00018' });
  expect(serialFault(null, 'any text at all')).toBeNull();
  expect(serialFault({ minLength: 3 }, 'SN1')).toBeNull();
  expect(serialFault({ minLength: 3 }, 'SN')).toMatch(/at least 3/);
});

test('a rule says itself in words', () => {
  expect(ruleInWords(NONE)).toBe('no serial rule');
  expect(ruleInWords(rule({ pattern: 'SN\\d+', maxLength: 9, check: 'luhn' }))).toBe(
    'pattern SN\\d+, at most 9 characters, luhn check',
  );
  expect(ruleInWords(ranged)).toBe('serial range "bw"');
});

test('what a format spells it reads again, and no other text', () => {
  const formats = fc.record({
    prefix: fc.constantFrom('', 'BW-', '7'),
    width: fc.integer({ min: 1, max: 8 }),
    digits: fc.constantFrom('decimal', 'hex', 'hex-lower'),
    check: fc.constantFrom('none', 'luhn'),
    suffix: fc.constantFrom('', '-r2'),
  });
  fc.assert(
    fc.property(formats, fc.nat(9), fc.nat(), (written, number, at) => {
      const format = SerialFormat.parse(written);
      const serial = formatSerial(format, number);
      expect(readSerial(format, serial)).toEqual({ number });
      const place = at % serial.length;
      expect(readSerial(format, serial.slice(0, place) + '!' + serial.slice(place + 1))).toHaveProperty(
        'wrong',
      );
    }),
    { seed: 14 },
  );
});
