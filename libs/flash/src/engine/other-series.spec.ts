import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import type { Target } from '@boardwalk/debug';
import { STM32F0 } from '@boardwalk/series';
import { createHash } from 'node:crypto';
import { readGeometry } from '../families/read-geometry.ts';
import { rawImage } from '../images/read-image.ts';
import { protect, readOptions, unprotect, writeOptions } from '../options/option-controller.ts';
import { loadOptions } from '../options/option-load.ts';
import { OptionWriter } from '../options/option-writer.ts';
import { planFlash } from '../plan.ts';
import { pseudoRandom } from '../testing/bench.ts';
import { FlashEngine } from './flash-engine.ts';
import { dumpProved } from './proved-dump.ts';

const KIB = 1024;
/** Board, series, device id, flash, page and least RAM of its line in KiB (RM0091, RM0360; RM0316, RM0364, RM0366, RM0313). */
const BOARDS = [
  ['f030f4', 'STM32F0', 0x444, 16, 1, 4],
  ['f030c8', 'STM32F0', 0x440, 64, 1, 8],
  ['f042c6', 'STM32F0', 0x445, 32, 1, 6],
  ['f072cb', 'STM32F0', 0x448, 128, 2, 16],
  ['f091cc', 'STM32F0', 0x442, 256, 2, 32],
  ['f303cc', 'STM32F3', 0x422, 256, 2, 32],
  ['f303re', 'STM32F3', 0x446, 512, 2, 64],
  ['f303k8', 'STM32F3', 0x438, 64, 2, 12],
  ['f302c8', 'STM32F3', 0x439, 64, 2, 16],
  ['f373cc', 'STM32F3', 0x432, 256, 2, 16],
] as const;
const names = BOARDS.map(([name]) => name);

let bench: VirtualBench;
afterEach(() => bench.close());

async function attached(board: string): Promise<Target> {
  bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  return (await openProbe(found!.device)).attach({ connect: 'under-reset' });
}
async function engineOn(board: string): Promise<FlashEngine> {
  const target = await attached(board);
  return FlashEngine.open(target, await readGeometry(target));
}
const flashOf = async (): Promise<Uint8Array> => (await bench.slots[0]!.flash())!;

test.each(BOARDS)('a %s is read as what it is', async (board, name, deviceId, flashKib, pageKib, sramKib) => {
  expect(await readGeometry(await attached(board))).toMatchObject({
    series: { name },
    family: { deviceId },
    sizeBytes: flashKib * KIB,
    sizeIsRead: true,
    pageBytes: pageKib * KIB,
    sramBytes: sramKib * KIB,
  });
});

test.each(names)('a %s is erased, programmed and verified after a reset, to its last byte', async (board) => {
  const engine = await engineOn(board);
  const image = rawImage(pseudoRandom(engine.geometry.sizeBytes, 5));
  const plan = planFlash(image, engine.geometry);
  await engine.erase(await engine.chooseErase(plan, { scope: 'all', keep: [] }));
  expect(await engine.program(plan)).toBe(engine.geometry.sizeBytes);
  await engine.reset();
  const proved = await engine.verify(plan, 'auto');
  expect(proved).toMatchObject({ method: 'digest', mismatch: null });
  const flash = await flashOf();
  expect(Buffer.compare(flash, image.segments[0]!.data)).toBe(0);
  expect(proved.ranges[0]!.sha256).toBe(createHash('sha256').update(flash).digest('hex'));
});

test.each(names)('pages of a %s are programmed again beside others that stay', async (board) => {
  const engine = await engineOn(board);
  const { pageBytes, baseAddress } = engine.geometry;
  const first = pseudoRandom(4 * pageBytes, 1);
  const all = { scope: 'needed', keep: [] } as const;
  const plan = planFlash(rawImage(first), engine.geometry);
  await engine.erase(await engine.chooseErase(plan, all));
  await engine.program(plan);
  await engine.reset();
  const second = planFlash(rawImage(pseudoRandom(pageBytes, 2), baseAddress + pageBytes), engine.geometry);
  const choice = await engine.chooseErase(second, all);
  expect(choice).toEqual({ kind: 'pages', pages: [baseAddress + pageBytes] });
  await engine.erase(choice);
  await engine.program(second);
  const flash = await flashOf();
  expect(Buffer.compare(flash.subarray(0, pageBytes), first.subarray(0, pageBytes))).toBe(0);
  expect(Buffer.compare(flash.subarray(pageBytes, 2 * pageBytes), pseudoRandom(pageBytes, 2))).toBe(0);
});

test.each(names)('a dump of a %s from any address is what flash has', async (board) => {
  const engine = await engineOn(board);
  const { baseAddress } = engine.geometry;
  const data = pseudoRandom(9000, 9);
  await engine.program(planFlash(rawImage(data), engine.geometry));
  const range = { address: baseAddress + 3, sizeBytes: 14_401 };
  const { bytes, provedPages } = await dumpProved(engine, range, []);
  const flash = await flashOf();
  expect(Buffer.compare(bytes, flash.subarray(3, 3 + 14_401))).toBe(0);
  expect(provedPages).toBeGreaterThan(0);
  // The core hashes what no word begins with.
  expect(await engine.digest(range)).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test.each(names)('options of a %s that are set are those that the chip has loaded', async (board) => {
  const target = await attached(board);
  const fresh = await readOptions(target);
  expect(fresh).toMatchObject({ RDP: 0xaa, WDG_SW: 1, nBOOT1: 1, VDDA_MONITOR: 1, WRP: 0xffffffff });
  const change = { DATA0: 0x42, nRST_STOP: 0, WRP: 0xfffffffe };
  expect((await writeOptions(target, change)).after).toEqual({ ...fresh, ...change });
  expect(await readOptions(target)).toEqual({ ...fresh, ...change });
  await expect(target.readWord(0x08000000)).resolves.toBe(0xffffffff);
});

test.each(names)('protection of a %s is level 1, proved, and lifting it erases', async (board) => {
  const target = await attached(board);
  const engine = await FlashEngine.open(target, await readGeometry(target));
  await engine.program(planFlash(rawImage(pseudoRandom(2000, 8)), engine.geometry));
  await protect(target);
  expect((await readOptions(target)).RDP).toBe(0);
  await expect(target.readWord(0x08000000)).rejects.toMatchObject({ code: 'target.fault' });
  await expect(FlashEngine.open(target, engine.geometry)).rejects.toMatchObject({
    code: 'flash.read_protected',
  });
  await unprotect(target);
  expect((await readOptions(target)).RDP).toBe(0xaa);
  expect((await flashOf()).every((byte) => byte === 0xff)).toBe(true);
});

test('level 2 is refused as an option, protected or not, and the chip stays as it is', async () => {
  const target = await attached('f072cb');
  const level2 = { code: 'flash.permanent', message: expect.stringMatching(/no tool can undo it/) as string };
  await expect(writeOptions(target, { RDP: 0xcc })).rejects.toMatchObject(level2);
  expect((await readOptions(target)).RDP).toBe(0xaa);
  await protect(target);
  await expect(writeOptions(target, { RDP: 0xcc, DATA0: 1 })).rejects.toMatchObject(level2);
  expect(await readOptions(target)).toMatchObject({ RDP: 0, DATA0: 0xff });
});

test('level 2 that another tool has written is not loaded, and can be written over', async () => {
  const target = await attached('f091cc');
  const engine = await FlashEngine.open(target, await readGeometry(target));
  // A tool that knows no level 2.
  const careless = { ...STM32F0.options, readProtection: { off: 0xaa, on: 0, permanent: null } };
  const bytes = Uint8Array.of(0xcc, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff);
  await new OptionWriter(target, { ...STM32F0, options: careless }).write(bytes);
  expect((await bench.slots[0]!.optionBytes())![0]).toBe(0xcc);
  const pending = { code: 'flash.permanent', message: expect.stringMatching(/next power-on/) as string };
  await expect(loadOptions(target, STM32F0)).rejects.toMatchObject(pending);
  await expect(protect(target)).rejects.toMatchObject(pending);
  await expect(writeOptions(target, { DATA0: 1 })).rejects.toMatchObject({ code: 'flash.permanent' });
  await engine.reset();
  expect(await target.readWord(0x08000000)).toBe(0xffffffff);
  await unprotect(target);
  expect((await readOptions(target)).RDP).toBe(0xaa);
});

test('an option that the chip does not have is refused by name, with those that it has', async () => {
  const target = await attached('f072cb');
  await expect(writeOptions(target, { BFB2: 0 })).rejects.toMatchObject({
    code: 'flash.no_option',
    message: expect.stringMatching(/no option BFB2/) as string,
    remedy: expect.stringMatching(/nBOOT1/) as string,
  });
  await expect(writeOptions(target, { BOOT_SEL: 0 })).rejects.toMatchObject({ code: 'flash.no_option' });
});

test('a blank chip that starts its boot ROM starts its firmware once it is programmed and reset', async () => {
  const engine = await engineOn('f091cc');
  const program = new Uint8Array(64).fill(0xff);
  const view = new DataView(program.buffer);
  view.setUint32(0, 0x20008000, true);
  view.setUint32(4, 0x08000009, true);
  view.setUint16(8, 0xe7fe, true);
  await engine.program(planFlash(rawImage(program), engine.geometry));
  await engine.reset();
  await engine.target.resetAndHalt();
  expect(await engine.target.readRegister('pc')).toBe(0x08000008);
});
