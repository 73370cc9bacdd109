import { SerialFormat } from '@boardwalk/contracts';
import fc from 'fast-check';
import { formatSerial, largestOf } from './serial-format.ts';

const spell = (format: Parameters<typeof SerialFormat.parse>[0], number: number): string =>
  formatSerial(SerialFormat.parse(format), number);

test.each([
  [{ prefix: 'BW-', width: 6 }, 42, 'BW-000042'],
  [{ width: 4, digits: 'hex' }, 0xbeef, 'BEEF'],
  [{ width: 4, digits: 'hex-lower', suffix: '-r2' }, 0xaf, '00af-r2'],
  // Without I, O, 0 and 1, as labels are read aloud: the first of the alphabet counts as zero.
  [{ width: 3, digits: 'alphabet', alphabet: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789' }, 33, 'ABB'],
  // ISO/IEC 7812-1 annex B's example account.
  [{ width: 10, check: 'luhn' }, 7_992_739_871, '79927398713'],
  // A GTIN-14 without and with its check digit.
  [{ prefix: '0', width: 12, check: 'gs1' }, 401_234_567_890, '04012345678901'],
  // ISO/IEC 7064's example for MOD 97-10.
  [{ width: 3, check: 'mod97' }, 794, '79444'],
])('%j spells %d as %s', (format, number, text) => expect(spell(format, number)).toBe(text));

test('every number of a width is spelled differently, in its length, with a check that one wrong digit breaks', () => {
  const format = SerialFormat.parse({ prefix: 'X', width: 4, check: 'luhn' });
  const all = Array.from({ length: 10_000 }, (_, number) => formatSerial(format, number));
  expect(new Set(all).size).toBe(largestOf(format) + 1);
  expect(all.every((text) => text.length === 6)).toBe(true);
  const known = new Set(all);
  fc.assert(
    fc.property(fc.nat(9999), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 }), (n, at, by) => {
      const text = all[n]!;
      const wrong = `${text.slice(0, at)}${(Number(text[at]) + by) % 10}${text.slice(at + 1)}`;
      return !known.has(wrong);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test.each([
  [{ width: 4, digits: 'alphabet' }, 'alphabet'],
  [{ width: 4, alphabet: 'AB' }, 'alphabet'],
  [{ width: 4, digits: 'alphabet', alphabet: 'ABA' }, 'alphabet'],
  [{ width: 4, digits: 'hex', check: 'gs1' }, 'check'],
  [{ width: 4, prefix: 'A-', check: 'mod97' }, 'check'],
  [{ width: 0 }, 'width'],
])('%j is refused at %s', (format, field) => {
  const issues = SerialFormat.safeParse(format).error?.issues ?? [];
  expect(issues.map(({ path }) => path[0])).toContain(field);
});
