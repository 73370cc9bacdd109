import { shown } from './cells.ts';
import { columnOf, csvOf, tableOf, wrapped, type TableRow } from './tables.ts';

const widthOf = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
const share = { count: 1, of: 2, share: 0.5, low: 0.0945, high: 0.9055 };

test('a table of columns that fit is one block', () => {
  expect(tableOf([{ key: 'a', boards: 10 }])).toBe('key  boards\na    10');
});

test('columns that do not fit continue below, each row with its first column, and no value is lost', () => {
  const names = Array.from({ length: 12 }, (_, at) => `number${at}`);
  const row = (key: string): TableRow => ({ key, ...Object.fromEntries(names.map((name) => [name, share])) });
  const table = tableOf([row('L1'), row('L2')]);
  const blocks = table.split('\n\n').map((block) => block.split('\n'));
  expect(widthOf(table)).toBeLessThanOrEqual(110);
  expect(blocks.length).toBeGreaterThan(1);
  for (const block of blocks) expect(block.map((line) => line.split(/ +/)[0])).toEqual(['key', 'L1', 'L2']);
  expect(blocks.flatMap(([head]) => head!.split(/ +/).slice(1))).toEqual(names);
  expect(table.match(/1\/2 50\.0 % \(9\.4 to 90\.5\)/g)).toHaveLength(24);
});

test('the widest names and the longest cells do not make a table wider', () => {
  const long = 'x'.repeat(300);
  const slots = Object.fromEntries(Array.from({ length: 64 }, (_, at) => [`slot-${at}`, at]));
  for (const other of [long, slots, { [long]: 1 }, [long], share])
    expect(widthOf(tableOf([{ key: long, other }]))).toBeLessThanOrEqual(110);
});

test('a long name is shown without its middle, and counts that do not fit are counted', () => {
  const name = `lot-${'0'.repeat(60)}-end`;
  expect(shown(name)).toMatch(/^lot-0+…0+-end$/);
  const reasons = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`reason-${at}`, at + 1]));
  expect(shown(reasons)).toBe('reason-0 1, reason-1 2, reason-2 3 and 27 more');
});

test('counts of 0 are left out, and an instant is shown to the second', () => {
  expect(shown({ PASS: 3, FAIL: 0 })).toBe('PASS 3');
  expect(shown({ PASS: 0 })).toBe('-');
  expect(shown('2026-11-20T12:00:00.123Z')).toBe('2026-11-20T12:00:00Z');
});

test('an empty table has its headings', () => {
  expect(tableOf([], ['key', 'boards'].map(columnOf))).toBe('key  boards');
});

test('text is wrapped between words, and a word that is wider than a line stays whole', () => {
  const text = wrapped(`- ${'word '.repeat(60)}${'x'.repeat(150)}`);
  expect(text.split('\n').slice(0, -1).join('\n').length).toBeGreaterThan(250);
  expect(widthOf(text.split('\n').slice(0, -1).join('\n'))).toBeLessThanOrEqual(110);
  expect(text.split('\n').at(-1)).toBe(`  ${'x'.repeat(150)}`);
});

test('a CSV has every value in full', () => {
  const long = 'x'.repeat(300);
  expect(csvOf([{ key: long, counts: { PASS: 0 } }])).toBe(`key,counts\r\n${long},"{""PASS"":0}"\r\n`);
});
