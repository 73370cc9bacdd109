import type { FaultSpec } from '@boardwalk/virtual-bench';
import { createHash } from 'node:crypto';
import { FLASH_BASE } from '../families/families.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { writeOptions } from '../options/option-controller.ts';
import { FlashEngine } from './flash-engine.ts';
import { pageSum } from './page-sums.ts';
import { engineOn, pseudoRandom, type Bench } from '../testing/bench.ts';

let on: Bench;
afterEach(() => on.bench.close());

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Erase, program and verify after a reset, as a run does. */
async function flash(data: Uint8Array, address = FLASH_BASE) {
  const plan = planFlash(rawImage(data, address), on.engine.geometry);
  await on.engine.erase(await on.engine.chooseErase(plan, { scope: 'needed', keep: [] }));
  await on.engine.program(plan);
  await on.engine.reset();
  return on.engine.verify(plan, 'auto');
}

test.each([
  'f103cb',
  'f103c8',
  'f103c4',
  'f103re',
  'f103rg',
  'f105rc',
  'cks32',
  'apm32',
  'gd32',
  'hk32',
  'mh2103',
  'ch32',
])('an image programmed into a %s stands in its cells, byte for byte', async (board) => {
  on = await engineOn(board);
  const data = pseudoRandom(9001, 7);
  const result = await flash(data);
  expect(result).toMatchObject({ method: 'digest', mismatch: null, sampledPages: 2 });
  expect((await on.bench.slots[0]!.flash())!.slice(0, 9001)).toEqual(data);
});

test('the target’s digest of any range is its SHA-256', async () => {
  on = await engineOn('f103cb');
  await flash(pseudoRandom(5000, 3));
  const cells = (await on.bench.slots[0]!.flash())!;
  for (const [from, length] of [
    [0, 131072],
    [1, 55],
    [3, 56],
    [64, 64],
    [0, 119],
    [7, 4993],
  ] as const) {
    expect(await on.engine.digest({ address: FLASH_BASE + from, sizeBytes: length })).toBe(
      sha256(cells.slice(from, from + length)),
    );
  }
});

test('what other pages held stays as it was', async () => {
  on = await engineOn('f103cb');
  await flash(pseudoRandom(4096, 1));
  await flash(pseudoRandom(700, 2), FLASH_BASE + 0x2401);
  const cells = (await on.bench.slots[0]!.flash())!;
  expect(cells.slice(0, 4096)).toEqual(pseudoRandom(4096, 1));
  expect(cells.slice(0x2401, 0x2401 + 700)).toEqual(pseudoRandom(700, 2));
});

test('an image that is there already is neither erased nor written again', async () => {
  on = await engineOn('f103cb');
  await flash(pseudoRandom(8192, 5));
  const before = await on.bench.slots[0]!.ledger();
  expect(await flash(pseudoRandom(8192, 5))).toMatchObject({ mismatch: null });
  const after = await on.bench.slots[0]!.ledger();
  expect(after.halfWordsProgrammed).toBe(before.halfWordsProgrammed);
  expect(after.pagesErased).toBe(before.pagesErased);
});

const LIES: [string, FaultSpec][] = [
  ['accepts commands and stores nothing', { kind: 'flash-ignores-writes' }],
  ['stores a wrong bit', { kind: 'flash-wrong-bit', address: FLASH_BASE + 4000, bit: 3 }],
  ['drops one half-word', { kind: 'flash-drops-half-word', address: FLASH_BASE + 2222 }],
];

test.each(LIES)('a flash that %s is found out by digest and by read-back', async (_name, fault) => {
  on = await engineOn('f103cb');
  await on.bench.slots[0]!.fault(fault);
  const data = pseudoRandom(8192, 11);
  const result = await flash(data);
  expect(result.mismatch).not.toBeNull();
  const plan = planFlash(rawImage(data), on.engine.geometry);
  expect((await on.engine.verify(plan, 'readback')).mismatch).not.toBeNull();
});

test('a page that does not erase stops programming at the cell that is not blank', async () => {
  on = await engineOn('f103cb');
  await flash(pseudoRandom(4096, 1));
  await on.bench.slots[0]!.fault({ kind: 'page-does-not-erase', address: FLASH_BASE + 1024 });
  await expect(flash(pseudoRandom(4096, 2))).rejects.toMatchObject({
    code: 'flash.program_failed',
    address: FLASH_BASE + 1024,
  });
});

test('a cell that is stuck at zero stops programming, named by its address', async () => {
  on = await engineOn('f103cb');
  await on.bench.slots[0]!.fault({ kind: 'flash-stuck-bit', address: FLASH_BASE + 5000, bit: 2, value: 0 });
  await expect(flash(pseudoRandom(8192, 11))).rejects.toMatchObject({
    code: 'flash.program_failed',
    address: FLASH_BASE + 5000,
  });
});

test('write protection is named with its address', async () => {
  on = await engineOn('f103cb+wrp');
  await expect(flash(pseudoRandom(100, 2))).rejects.toMatchObject({
    code: 'flash.write_protected',
    address: FLASH_BASE,
  });
});

test('a read-protected chip is refused with the way out', async () => {
  on = await engineOn('f103cb');
  await expect(engineOn('f103cb+rdp1')).rejects.toMatchObject({ code: 'flash.read_protected' });
});

test('RAM that does not keep its content never runs a loader', async () => {
  on = await engineOn('f103cb');
  await on.bench.slots[0]!.fault({ kind: 'ram-bit', address: 0x20000141, bit: 4 });
  const engine = await FlashEngine.open(on.engine.target, on.engine.geometry);
  const plan = planFlash(rawImage(pseudoRandom(64, 1)), engine.geometry);
  await expect(engine.program(plan)).rejects.toMatchObject({ code: 'flash.loader_failed' });
  expect((await engine.verify(plan, 'auto')).method).toBe('readback');
});

test('programming 64 KiB costs little more than the cells themselves', async () => {
  on = await engineOn('f103cb');
  const plan = planFlash(rawImage(pseudoRandom(65536, 9)), on.engine.geometry);
  await on.engine.massErase();
  const before = (await on.bench.slots[0]!.ledger()).nowPs;
  await on.engine.program(plan);
  const took = (await on.bench.slots[0]!.ledger()).nowPs - before;
  const floor = 32768 * 52.5e6;
  expect(took / floor).toBeLessThan(1.03);
});

test('an odd length is dumped whole', async () => {
  on = await engineOn('f103cb');
  const dump = await on.engine.dump({ address: FLASH_BASE, sizeBytes: 131071 });
  expect(dump).toEqual((await on.bench.slots[0]!.flash())!.slice(0, 131071));
});

test('SHA-256 by the loader takes at most the 61 cycles a byte that are reachable from RAM', async () => {
  on = await engineOn('f103cb');
  const cyclesOf = async (sizeBytes: number): Promise<number> => {
    const before = await on.bench.slots[0]!.ledger();
    await on.engine.digest({ address: FLASH_BASE, sizeBytes });
    return (await on.bench.slots[0]!.ledger()).coreCycles - before.coreCycles;
  };
  // Cycles pass while the host talks, too; that is the same for both lengths.
  const short = await cyclesOf(65536);
  const long = await cyclesOf(131072);
  expect((long - short) / 65536).toBeLessThanOrEqual(61);
});

test('a cell that stays busy for ever is named, and the loader ends by itself', async () => {
  on = await engineOn('f103cb');
  await on.bench.slots[0]!.fault({ kind: 'slow-flash', factor: 100_000 });
  await expect(flash(pseudoRandom(64, 4))).rejects.toMatchObject({
    code: 'flash.timeout',
    address: FLASH_BASE,
  });
});

test('of an image that differs in one page, one page is erased and programmed', async () => {
  on = await engineOn('f103cb');
  const data = pseudoRandom(65536, 5);
  await flash(data);
  const changed = data.slice();
  changed[30_000]! ^= 0x80;
  changed[30_001]! ^= 0x80;
  const before = await on.bench.slots[0]!.ledger();
  expect(await flash(changed)).toMatchObject({ mismatch: null });
  const after = await on.bench.slots[0]!.ledger();
  expect(after.pagesErased - before.pagesErased).toBe(1);
  expect(after.halfWordsProgrammed - before.halfWordsProgrammed).toBeLessThanOrEqual(512);
  expect((await on.bench.slots[0]!.flash())!.slice(0, 65536)).toEqual(changed);
});

test('the page sum of the loader is the one that the host makes', async () => {
  on = await engineOn('f103cb');
  await flash(pseudoRandom(3000, 8));
  const cells = (await on.bench.slots[0]!.flash())!;
  const sums = await on.engine.survey();
  for (const page of [0, 1, 2, 3, 127])
    expect(sums?.get(FLASH_BASE + page * 1024)).toBe(pageSum(cells.slice(page * 1024, page * 1024 + 1024)));
});

test('a digest is read anew after a reset, an erase and programming', async () => {
  on = await engineOn('f103cb');
  const range = on.engine.wholeFlash;
  const cycles = async (): Promise<number> => {
    const before = (await on.bench.slots[0]!.ledger()).coreCycles;
    await on.engine.digest(range);
    return (await on.bench.slots[0]!.ledger()).coreCycles - before;
  };
  const wholePass = 131072 * 50;
  expect(await cycles()).toBeGreaterThan(wholePass);
  expect(await cycles()).toBeLessThan(1000);
  const plan = planFlash(rawImage(pseudoRandom(64, 1)), on.engine.geometry);
  for (const change of [
    () => on.engine.program(plan),
    () => on.engine.erasePages(plan.pages),
    () => on.engine.massErase(),
    () => on.engine.reset(),
  ]) {
    await change();
    expect(await cycles()).toBeGreaterThan(wholePass);
  }
});

test('a watchdog that runs from reset does not end programming', async () => {
  on = await engineOn('f103cb');
  await writeOptions(on.engine.target, { WDG_SW: 0 });
  await on.engine.prepare();
  const data = pseudoRandom(65536, 21);
  expect(await flash(data)).toMatchObject({ method: 'digest', mismatch: null });
  expect((await on.bench.slots[0]!.flash())!.slice(0, 65536)).toEqual(data);
});
