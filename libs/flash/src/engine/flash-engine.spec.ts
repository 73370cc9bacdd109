import type { FaultSpec } from '@boardwalk/virtual-bench';
import { createHash } from 'node:crypto';
import { FLASH_BASE, readImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { engineOn, pseudoRandom, type Bench } from '../testing/bench.ts';

let on: Bench;
afterEach(() => on.bench.close());

const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

/** Erase, program and verify after a reset, as a run does. */
async function flash(data: Uint8Array, address = FLASH_BASE) {
  const plan = planFlash(readImage(data, { address }), on.engine.geometry);
  await on.engine.erasePages(await on.engine.pagesToErase(plan));
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
  const plan = planFlash(readImage(data), on.engine.geometry);
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
  await on.bench.slots[0]!.fault({ kind: 'ram-bit', address: 0x20000041, bit: 4 });
  await on.engine.prepare();
  const plan = planFlash(readImage(pseudoRandom(64, 1)), on.engine.geometry);
  await expect(on.engine.program(plan)).rejects.toMatchObject({ code: 'flash.loader_failed' });
  expect((await on.engine.verify(plan, 'auto')).method).toBe('readback');
});

test('programming 64 KiB costs little more than the cells themselves', async () => {
  on = await engineOn('f103cb');
  const plan = planFlash(readImage(pseudoRandom(65536, 9)), on.engine.geometry);
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
