import { findProbes, openProbe } from '@boardwalk/probe';
import { LINES, SCS, seriesOf, SRAM_BASE, STM32F0 } from '@boardwalk/series';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { FlashEngine } from '../engine/flash-engine.ts';
import { pageSum } from '../engine/page-sums.ts';
import { readGeometry } from '../families/read-geometry.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { pseudoRandom } from '../testing/bench.ts';
import { LOADERS } from './programs.ts';
import { ramPlan } from './ram-plan.ts';

const SCRIPT = fileURLToPath(new URL('../../../../scripts/assemble-loader.mjs', import.meta.url));
const source = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`./${name}`, import.meta.url)), 'utf8');
const assembler = spawnSync('arm-none-eabi-as', ['--version']).status === 0;
// Named as skipped where the assembler is missing; a failure in CI, where it is installed.
const withAssembler = assembler || process.env.CI === 'true' ? test : test.skip;
const literals = (text: string): string => text.replace(/\s+/g, '');

let bench: VirtualBench | undefined;
afterEach(() => bench?.close());

/** A board whose core has 16-bit Thumb too, driven by the loader that has nothing else. */
async function engineOf16Bits(): Promise<FlashEngine> {
  bench = await createVirtualBench({ boards: ['f103c8'], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  const target = await (await openProbe(found!.device)).attach({ connect: 'under-reset' });
  const geometry = await readGeometry(target);
  return FlashEngine.open(target, { ...geometry, series: { ...geometry.series, core: STM32F0.core } });
}

withAssembler('the loader’s bytes are those that its source assembles to, for a Cortex-M0', () => {
  const printed = execFileSync(process.execPath, [SCRIPT, '--print', 'loader-v6m'], { encoding: 'utf8' });
  expect(literals(source('loader-v6m-bytes.ts'))).toBe(literals(printed));
  expect(source('loader-v6m.s')).toMatch(/^ +\.cpu cortex-m0$/m);
});

test('both loaders have the same mailbox, in the same words', () => {
  const constants = (name: string): Map<string, string> =>
    new Map([...source(name).matchAll(/^ +\.equ (\w+), (\S+)$/gm)].map(([, key, value]) => [key!, value!]));
  const [wide, narrow] = [constants('loader.s'), constants('loader-v6m.s')];
  expect(wide.size).toBeGreaterThan(10);
  for (const [key, value] of wide) expect([key, narrow.get(key)]).toEqual([key, value]);
  expect(Number(wide.get('MAILBOX'))).toBe(SRAM_BASE);
  expect(Number(wide.get('SYST_CSR'))).toBe(SCS + 0x10);
});

test.each(LINES.map((line) => [line.name, line] as const))(
  'the loader of %s leaves room for a ring, digest and all',
  (_name, line) => {
    const { architecture } = seriesOf(line).core;
    const { ringAt, ringBytes, stackTop } = ramPlan(LOADERS[architecture], line.sramBytes);
    expect(ringBytes).toBeGreaterThanOrEqual(architecture === 'v6-M' ? 1024 : 512);
    expect(ringAt + ringBytes + LOADERS[architecture].stackBytes).toBeLessThanOrEqual(stackTop);
  },
);

test('what the 16-bit loader programs is what the image says, proved by its own digest and by reading', async () => {
  const engine = await engineOf16Bits();
  const data = pseudoRandom(20_001, 7);
  data.fill(0xff, 3000, 5000);
  const plan = planFlash(rawImage(data), engine.geometry);
  await engine.erase(await engine.chooseErase(plan, { scope: 'needed', keep: [] }));
  expect(await engine.program(plan)).toBe(19 * 1024);
  await engine.reset();
  expect(await engine.verify(plan, 'digest')).toMatchObject({ method: 'digest', mismatch: null });
  const flash = (await bench!.slots[0]!.flash())!;
  expect(Buffer.compare(flash.subarray(0, data.length), data)).toBe(0);
  const sums = (await engine.survey())!;
  expect(sums.size).toBe(64);
  for (const [page, sum] of sums) {
    const at = page - engine.geometry.baseAddress;
    expect([page, sum]).toEqual([page, pageSum(flash.subarray(at, at + 1024))]);
  }
});

test.each([0, 1, 2, 3])('a range that begins %i bytes into a word is hashed like any other', async (by) => {
  const engine = await engineOf16Bits();
  const plan = planFlash(rawImage(pseudoRandom(700, 11 + by)), engine.geometry);
  await engine.program(plan);
  const range = { address: engine.geometry.baseAddress + by, sizeBytes: 640 };
  const flash = (await bench!.slots[0]!.flash())!.subarray(by, by + 640);
  expect(await engine.digest(range)).toBe(createHash('sha256').update(flash).digest('hex'));
});

test('a cell that is not blank is named, and nothing after it is programmed', async () => {
  const engine = await engineOf16Bits();
  const plan = planFlash(rawImage(pseudoRandom(2048, 3)), engine.geometry);
  await engine.program(plan);
  await engine.reset();
  const other = planFlash(rawImage(pseudoRandom(2048, 4)), engine.geometry);
  await expect(engine.program(other)).rejects.toMatchObject({
    code: 'flash.program_failed',
    address: engine.geometry.baseAddress,
  });
});
