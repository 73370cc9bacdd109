// Assembles the RAM loaders with the distribution's ARM assembler into TypeScript files of bytes and entries.
//   node scripts/assemble-loader.mjs                  writes loader-bytes.ts and its like in libs/flash/src/loader
//   node scripts/assemble-loader.mjs --print [NAME]   prints one instead (by default that of loader.s), for the test
//                                                     that source and bytes agree
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../libs/flash/src/loader/', import.meta.url));
/** A source for each instruction set. */
const SOURCES = ['loader', 'loader-v6m'];
const ENTRIES = ['program', 'page_sums', 'digest'];
const work = mkdtempSync(join(tmpdir(), 'loader-'));

function assembled(name) {
  const object = join(work, `${name}.o`);
  const binary = join(work, `${name}.bin`);
  execFileSync('arm-none-eabi-as', ['-o', object, join(folder, `${name}.s`)]);
  execFileSync('arm-none-eabi-objcopy', ['-O', 'binary', '-j', '.text', object, binary]);
  const symbols = execFileSync('arm-none-eabi-nm', [object], { encoding: 'utf8' });
  const entry = (label) => {
    const line = symbols.split('\n').find((each) => each.endsWith(` T ${label}`));
    if (!line) throw new Error(`${name}.s does not export ${label}`);
    return parseInt(line, 16) & ~1;
  };
  const lines = readFileSync(binary)
    .toString('base64')
    .match(/.{1,100}/g);
  return [
    `// Generated from ${name}.s by \`npm run assemble-loader\`; do not edit.`,
    '/** Offsets of the loader’s entries from its first byte. */',
    `export const LOADER_ENTRIES = { ${ENTRIES.map((label) => `${label}: ${entry(label)}`).join(', ')} } as const;`,
    '/** The loader’s machine code, base64. */',
    'export const LOADER_BASE64 = [',
    ...lines.map((line) => `  '${line}',`),
    "].join('');",
    '',
  ].join('\n');
}

try {
  const print = process.argv.indexOf('--print');
  if (print >= 0) process.stdout.write(assembled(process.argv[print + 1] ?? SOURCES[0]));
  else for (const name of SOURCES) writeFileSync(join(folder, `${name}-bytes.ts`), assembled(name));
} finally {
  rmSync(work, { recursive: true, force: true });
}
