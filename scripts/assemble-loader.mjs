// Assembles the RAM loader with the distribution's ARM assembler into a TypeScript file of bytes and entries.
//   node scripts/assemble-loader.mjs           writes libs/flash/src/loader/loader-bytes.ts
//   node scripts/assemble-loader.mjs --print   prints it instead, for the test that source and bytes agree
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../libs/flash/src/loader/', import.meta.url));
const ENTRIES = ['program', 'page_sums', 'digest'];
const work = mkdtempSync(join(tmpdir(), 'loader-'));
const object = join(work, 'loader.o');
const binary = join(work, 'loader.bin');

try {
  execFileSync('arm-none-eabi-as', ['-o', object, join(folder, 'loader.s')]);
  execFileSync('arm-none-eabi-objcopy', ['-O', 'binary', '-j', '.text', object, binary]);
  const symbols = execFileSync('arm-none-eabi-nm', [object], { encoding: 'utf8' });
  const entry = (name) => {
    const line = symbols.split('\n').find((each) => each.endsWith(` T ${name}`));
    if (!line) throw new Error(`loader.s does not export ${name}`);
    return parseInt(line, 16) & ~1;
  };
  const lines = readFileSync(binary)
    .toString('base64')
    .match(/.{1,100}/g);
  const text = [
    '// Generated from loader.s by `npm run assemble-loader`; do not edit.',
    '/** Offsets of the loader’s entries from its first byte. */',
    `export const LOADER_ENTRIES = { ${ENTRIES.map((name) => `${name}: ${entry(name)}`).join(', ')} } as const;`,
    '/** The loader’s machine code, base64. */',
    'export const LOADER_BASE64 = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
  if (process.argv.includes('--print')) process.stdout.write(text);
  else writeFileSync(join(folder, 'loader-bytes.ts'), text);
} finally {
  rmSync(work, { recursive: true, force: true });
}
