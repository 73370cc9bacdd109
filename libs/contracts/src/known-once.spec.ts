import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import * as contracts from './index.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const CONTRACTS = join('libs', 'contracts', 'src');
/** Built files and packages; and the virtual bench, whose tables are its own on purpose. */
const ELSEWHERE =
  /(^|\/)(node_modules|dist|gen|\.next|testing)\/|^libs\/virtual-bench\/|\.spec\.ts$|next-env/;

function sources(): string[] {
  return ['apps', 'libs'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => /\.tsx?$/.test(path) && !ELSEWHERE.test(path)),
  );
}

const codeOf = (path: string): string =>
  readFileSync(join(ROOT, path), 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');

const keyOf = (words: readonly string[]): string => [...new Set(words)].sort().join(' ');

/** Words that mean something else elsewhere, too: an order's states, the answers to a flag. */
const OTHER_MEANINGS = [
  ['held', 'paused'],
  ['true', 'false'],
  ['true', 'false', 'all'],
  ['0', '1'],
].map(keyOf);

/** Every list of words that contracts know: of an enum, of the events' types, of job states and steps. */
const LISTS = new Map<string, string>(
  Object.entries(contracts).flatMap(([name, value]): [string, string][] =>
    wordsOf(value)
      .map((words): [string, string] => [keyOf(words), name])
      .filter(([key]) => key.includes(' ') && !OTHER_MEANINGS.includes(key)),
  ),
);

function wordsOf(value: unknown): readonly (readonly string[])[] {
  if (value instanceof z.ZodType)
    return enumsIn(z.toJSONSchema(value, { io: 'input', unrepresentable: 'any' }));
  const isWords = Array.isArray(value) && value.every((word) => typeof word === 'string');
  return isWords ? [value] : [];
}

function enumsIn(node: unknown): string[][] {
  if (typeof node !== 'object' || node === null) return [];
  const own = 'enum' in node && Array.isArray(node.enum) ? [node.enum.map(String)] : [];
  return [...own, ...Object.values(node).flatMap(enumsIn)];
}

/** Lists and unions of quoted words, such as `['a', 'b']` and `'a' | 'b'`. */
function listsIn(code: string): string[] {
  const word = String.raw`'[\w.-]+'`;
  const lists = code.matchAll(new RegExp(`${word}(?:\\s*[,|]\\s*${word})+`, 'g'));
  return [...lists].map(([list]) => keyOf([...list.matchAll(/'([\w.-]+)'/g)].map(([, text]) => text!)));
}

function copiesIn(path: string, code: string): string[] {
  return listsIn(code).flatMap((key) => {
    const name = LISTS.get(key);
    return name ? [`${path}: ${name} (${key})`] : [];
  });
}

/** Lists that have the words of one, and say something else. */
const NO_COPIES: Readonly<Record<string, string>> = {
  'libs/records/src/file/carry-over.ts': 'the order in which serials go on',
};

test('no other library and no app writes a list of words that contracts have', () => {
  const files = sources().filter((path) => !path.startsWith(CONTRACTS));
  expect(files.length).toBeGreaterThan(500);
  const checked = files.filter((path) => !(path in NO_COPIES));
  expect(checked.flatMap((path) => copiesIn(path, codeOf(path)))).toEqual([]);
  expect(Object.keys(NO_COPIES).filter((path) => copiesIn(path, codeOf(path)).length === 0)).toEqual([]);
});

test.each([
  `type State = 'free' | 'rejected' | 'held';`,
  `const MODES = ['hot', 'normal',\n  'under-reset'];`,
])('a copy in another order is found: %j', (code) => {
  expect(copiesIn('x.ts', code)).toHaveLength(1);
});

test('lists that mean something else are no copies', () => {
  expect(copiesIn('x.ts', `const some = ['queued', 'running', 'refused']; f('hot', 'cold');`)).toEqual([]);
});

/** Digits of a number in hex, written by hand. What is listed reads or writes digits of another kind. */
const HEX_BY_HAND = /\.toString\(16\)/;
const OTHER_DIGITS = [
  'libs/contracts/src/hex.ts',
  // Imports nothing.
  'libs/series/src/signature.ts',
  // One digit of a record's sum, the bytes of a number, and U+200B.
  'libs/flash/src/images/record-digits.ts',
  'libs/station/src/patches/encode-patch.ts',
  'libs/work/src/scan/characters.ts',
];

test('numbers are written in hex in one place', () => {
  const found = sources().filter((path) => HEX_BY_HAND.test(codeOf(path)));
  expect(found.sort()).toEqual(OTHER_DIGITS.sort());
});
