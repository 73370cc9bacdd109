import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SRAM_BASE } from './arm.ts';
import { SERIES } from './registry.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Everything but this library, and the virtual bench, whose rows are its own on purpose. */
const READERS = [
  ...['contracts', 'debug', 'probe', 'flash', 'identity', 'station', 'work', 'reports', 'records'].map(
    (name) => join('libs', name, 'src'),
  ),
  ...['api', 'cli'].map((name) => join('apps', name, 'src')),
];
const KIB = 1024;

/** Address ranges that are facts of a chip. */
const facts: readonly (readonly [from: number, to: number])[] = SERIES.flatMap((series) => [
  ...Object.values(series.blocks).map((base) => [base, base + KIB] as const),
  ...Object.values(series.core.blocks).map((base) => [base, base + 4 * KIB] as const),
  [series.core.romTable, series.core.romTable + 4 * KIB] as const,
  [series.flashBase, series.flashBase + 1] as const,
  [series.signature.from, series.signature.from + 4 * series.signature.words] as const,
  [series.options.base, series.options.base + 16] as const,
  [SRAM_BASE, SRAM_BASE + 1] as const,
  ...series.lines.map(({ bootRom }) => [bootRom.from, bootRom.from + 1] as const),
]);

/** Sources without their tests, comments and texts: an example for people may have any address. */
function codeOf(path: string): string {
  return readFileSync(path, 'utf8')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$|\s\/\/\s.*$/gm, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '""');
}

function sources(): string[] {
  return READERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.ts$|(^|\/)(testing|gen)\//.test(name))
      .map((name) => join(ROOT, folder, name)),
  );
}

const addressesIn = (code: string): number[] =>
  [...code.matchAll(/\b0x([0-9a-f_]{8,})\b/gi)].map(([, digits]) =>
    parseInt(digits!.replaceAll('_', ''), 16),
  );
const isFact = (address: number): boolean => facts.some(([from, to]) => address >= from && address < to);

test('no other library writes an address of a chip that a series has', () => {
  const files = sources();
  expect(files.length).toBeGreaterThan(200);
  const found = files.flatMap((path) =>
    addressesIn(codeOf(path))
      .filter(isFact)
      .map((address) => `${relative(ROOT, path)}: 0x${address.toString(16)}`),
  );
  expect(found).toEqual([]);
});

test('an address that is written would be found', () => {
  const code = 'const DBGMCU = 0xe0042004;\nconst OTHER = 0x4000_2C00;\nconst SIZE = 0x1FFF_F7E0;';
  expect(addressesIn(code).filter(isFact)).toEqual([0xe0042004, 0x1ffff7e0]);
});
