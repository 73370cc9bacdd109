import fc from 'fast-check';
import { COMMAND_PREFIX, readCommand } from './commands.ts';
import { gs1CheckDigit } from './check-digits.ts';
import { GS1_IDENTIFIERS } from './gs1-identifiers.ts';
import { codesOf, readCode } from './read-code.ts';

const GTIN = '04012345678901';
const MESSAGE = '[)>\u001e06\u001dP4711-A\u001dSSN000123\u001d1TLOT9\u001e\u0004';

/** Code → kind, and its serial, or the text of a plain code. */
const READ: readonly (readonly [string, string, string | null])[] = [
  ['SN000123', 'plain', 'SN000123'],
  ['SN000123\r', 'plain', 'SN000123'],
  ['SN000123\r\n', 'plain', 'SN000123'],
  ['SN000123\n', 'plain', 'SN000123'],
  ['SN000123\t', 'plain', 'SN000123'],
  ['\u00a0 SN000123\u3000\u00a0', 'plain', 'SN000123'],
  ['SN000123 \t', 'plain', 'SN000123'],
  [']C0SN000123', 'plain', 'SN000123'],
  [']A0 SN000123', 'plain', 'SN000123'],
  [']d1SN000123\r', 'plain', 'SN000123'],
  [']x', 'plain', ']x'],
  ['8', 'plain', '8'],
  ['SN 000 123', 'plain', 'SN 000 123'],
  ['Łódź-7', 'plain', 'Łódź-7'],
  [`]d201${GTIN}21SN000123`, 'gs1', 'SN000123'],
  [`]C101${GTIN}10LOT21\u001d21SN000123\r`, 'gs1', 'SN000123'],
  [`]Q321SN000123\u001d01${GTIN}`, 'gs1', 'SN000123'],
  [`]e001${GTIN}`, 'gs1', null],
  [`\u001d01${GTIN}21SN000123`, 'gs1', 'SN000123'],
  [`01${GTIN}21SN000123`, 'gs1', 'SN000123'],
  [`01${GTIN}`, 'plain', `01${GTIN}`],
  ['0104012345678902' + '21SN000123', 'plain', '010401234567890221SN000123'],
  [`(01)${GTIN}(21)SN(9)/a`, 'gs1', 'SN(9)/a'],
  ['(21)SN000123', 'gs1', 'SN000123'],
  [`]d201${GTIN}1126112021SN1\u001d240X-1\u001d37 12`.replace(' ', ''), 'gs1', 'SN1'],
  [']d28004ASSET-1', 'gs1', null],
  [']E04006381333931', 'gs1', null],
  [MESSAGE, 'iso15434', 'SN000123'],
  [`]d1${MESSAGE}\r`, 'iso15434', 'SN000123'],
  ['[)>\u001e06\u001d25SUN123X9\u001e\u0004', 'iso15434', 'UN123X9'],
  ['[)>\u001e06\u001dP4711\u001e\u0004', 'iso15434', null],
  [`[)>\u001e05\u001d01${GTIN}\u001d21SN7\u001e\u0004`, 'iso15434', 'SN7'],
  ['{"sn":"SN000123"}', 'json', 'SN000123'],
  ['{"Serial_Number": 815, "rev": "B"}\r\n', 'json', '815'],
  ['{\r\n\t"serial": "A-1"\r\n}', 'json', 'A-1'],
  ['{"part":"P"}', 'json', null],
  ['https://example.com/p?sn=1', 'url', null],
  ['HTTP://EXAMPLE.COM', 'url', null],
  ['www.example.xyz', 'url', null],
  ['example.com/p/17', 'url', null],
  ['WIFI:S:net;;', 'url', null],
  ['AB.CD/1234', 'plain', 'AB.CD/1234'],
  ['1.de', 'plain', '1.de'],
];

test.each(READ)('%j is read as %s with %j', (raw, kind, serial) => {
  const read = readCode(raw);
  const found = 'serial' in read ? read.serial : read.kind === 'plain' ? read.text : null;
  expect([read.kind, found]).toEqual([kind, serial]);
});

test.each([
  ['', /empty/],
  [' \u00a0\r\n', /empty/],
  [']C1', /empty/],
  ['SN1\tSN2', /^2 codes came as one/],
  ['SN1\rSN2\rSN3\r', /^3 codes came as one/],
  ['SN\u0000001', /character NUL \(U\+0000\) at position 3/],
  ['SN1\u001b', /character ESC \(U\+001B\) at position 4/],
  ['SN\u200b1', /character zero-width space \(U\+200B\) at position 3/],
  ['\ufeffSN1', /character zero-width no-break space \(U\+FEFF\) at position 1/],
  ['SN1\u202e', /character right-to-left override \(U\+202E\) at position 4/],
  ['\ufeff{"sn":"A1"}', /U\+FEFF/],
  ['{"sn":"A\\u200b1"}', /serial contains the character zero-width space/],
  ['SN\u0085', /character control character \(U\+0085\)/],
  ['SN\ud800', /character half surrogate/],
  ['😀\u200d', /at position 2/],
  ['SN\u001e1', /character RS \(U\+001E\)/],
  ['SN1\u0004', /character EOT \(U\+0004\)/],
  ['%BW-SKIP\u001d', /character GS \(U\+001D\)/],
  [']d20104012345678902' + '21SN1', /check digit of \(01\) GTIN 04012345678902 is 2; it must be 1/],
  [']C10012345678901234567', /\(00\) SSCC has 17 characters; it must have 18\.$/],
  [']d20104012345', /\(01\) GTIN has 8 characters; it must have 14\.$/],
  [']d205', /no known GS1 identifier/],
  [`]d201${GTIN}21SN1\u001d21SN2`, /\(21\) comes twice, as SN1 and as SN2/],
  [`]d201${GTIN}21${'S'.repeat(21)}`, /has 21 characters; it must have 1 to 20.*separator GS/],
  [`]d201${GTIN}21SN\u00e4`, /\(21\) serial contains "ä"/],
  ['[)>06PABCS1', /RS .* is missing/],
  ['[)>\u001e06\u001dSSN1', /its end is missing/],
  ['[)>\u001e07\u001dSSN1\u001e\u0004', /Format "07" is not known/],
  ['{"sn":}', /begins as a JSON object/],
  ['{"sn":"A1","serial":"A2"}', /two serials, A1 and A2/],
  ['%BW-FLASH', /There is no command %BW-FLASH\. Use one of %BW-SLOT-/],
  ['%BW-', /There is no command/],
  ['%BW-SLOT-', /not complete/],
  ['%BW-SLOT', /not complete/],
  ['%BW-SKIP-3', /not complete or has too much/],
  ['%BW-AGAIN-', /not complete/],
  ['%BW-RUN', /There is no command/],
])('%j is refused: %s', (raw, says) => {
  const read = readCode(raw);
  expect(read).toMatchObject({ kind: 'refused', message: expect.stringMatching(says) as string });
});

test.each([
  ['SLOT-8', { name: 'SLOT', slot: '8' }],
  ['SLOT-A.1-b', { name: 'SLOT', slot: 'A.1-b' }],
  ['LOT-B2/7', { name: 'LOT', lot: 'B2/7' }],
  ['AGAIN', { name: 'AGAIN', reason: 'again by scan' }],
  ['AGAIN-cable was loose', { name: 'AGAIN', reason: 'cable was loose' }],
  ['SKIP', { name: 'SKIP' }],
  ['UNDO', { name: 'UNDO' }],
  ['MUTE', { name: 'MUTE' }],
  ['LOGOUT', { name: 'LOGOUT' }],
  ['RUN-ALL', { name: 'RUN-ALL' }],
])('%%BW-%s is a command', (code, command) => {
  expect(readCode(`]A0${COMMAND_PREFIX}${code}\r`)).toMatchObject({ kind: 'command', command });
  expect(readCommand(COMMAND_PREFIX + code)).toEqual({ command });
});

test('a code without its serial says what would help: the lot ran on because the separator was not sent', () => {
  expect(readCode(`]C101${GTIN}10LOT9` + '21SN000123')).toMatchObject({
    serial: null,
    noSerial: expect.stringMatching(
      /\(10\) may contain it: set the scanner to send the separator GS/,
    ) as string,
  });
});

test('the answer says which rule was taken and why the others were not', () => {
  expect(readCode('https://example.com').tried).toEqual([
    { rule: 'command', matched: false, why: 'does not begin with %BW-' },
    { rule: 'iso15434', matched: false, why: 'does not begin with [)>' },
    { rule: 'json', matched: false, why: 'is not written in braces' },
    { rule: 'gs1', matched: false, why: expect.stringMatching(/^has no GS1/) as string },
    { rule: 'url', matched: true, why: 'is written as an address' },
  ]);
});

test('no GS1 identifier is the beginning of another, and each has a format that can be read', () => {
  for (const { ai, format } of GS1_IDENTIFIERS) {
    expect(format).toMatch(/^[nx](\.\.)?\d+(\+[nx](\.\.)?\d+)*$/);
    expect(GS1_IDENTIFIERS.filter((other) => other.ai.startsWith(ai)).map((other) => other.ai)).toEqual([ai]);
  }
});

test('elements that are put together are read as they were, with GS after each value whose length is open', () => {
  const invariant = fc.stringMatching(/^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/);
  const gtin = fc.stringMatching(/^\d{13}$/).map((digits) => digits + gs1CheckDigit(digits));
  fc.assert(
    fc.property(gtin, invariant, invariant, (product, lot, serial) => {
      const code = `]d201${product}10${lot}\u001d21${serial}`;
      expect(readCode(code)).toMatchObject({ kind: 'gs1', serial });
      expect(readCode(`${code}\u001d`)).toMatchObject({ kind: 'gs1', serial });
    }),
    { seed: 11 },
  );
});

test('any text has exactly one meaning, and a refusal is a sentence', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (raw) => {
      const read = readCode(raw);
      if (read.kind === 'refused') expect(read.message).toMatch(/\.$/);
      else expect(read.tried.filter(({ matched }) => matched)).toHaveLength(1);
      // A terminator and blanks around change nothing.
      const [only, ...more] = codesOf(raw);
      if (only !== undefined && more.length === 0)
        expect(readCode(` ${only}\u00a0\r\n`).kind).toBe(readCode(only).kind);
    }),
    { seed: 12, numRuns: 2000 },
  );
});
