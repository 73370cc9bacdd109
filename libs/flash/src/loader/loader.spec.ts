import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('../../../../scripts/assemble-loader.mjs', import.meta.url));
const BYTES = fileURLToPath(new URL('./loader-bytes.ts', import.meta.url));
const assembler = spawnSync('arm-none-eabi-as', ['--version']).status === 0;
// Named as skipped where the assembler is missing; a failure in CI, where it is installed.
const withAssembler = assembler || process.env.CI === 'true' ? test : test.skip;

const literals = (text: string): string => text.replace(/\s+/g, '');

withAssembler('the loader’s bytes are those that its source assembles to', () => {
  const printed = execFileSync(process.execPath, [SCRIPT, '--print'], { encoding: 'utf8' });
  expect(literals(readFileSync(BYTES, 'utf8'))).toBe(literals(printed));
});
