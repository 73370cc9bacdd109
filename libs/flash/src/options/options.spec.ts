import type { Target } from '@boardwalk/debug';
import { findProbes, openProbe } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { protect, readOptions, unprotect, writeOptions } from './option-controller.ts';
import { decodeOptions, encodeOptions } from './option-bytes.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

async function attached(board: string): Promise<Target> {
  bench = await createVirtualBench({ boards: [board], threads: 'inline' });
  const [found] = await findProbes(bench.bus);
  return (await openProbe(found!.device)).attach({ connect: 'under-reset' });
}
const FACTORY = {
  RDP: 0xa5,
  WDG_SW: 1,
  nRST_STOP: 1,
  nRST_STDBY: 1,
  BFB2: 1,
  DATA0: 255,
  DATA1: 255,
  WRP: 0xffffffff,
};

test('a fresh part shows the factory’s option bytes', async () => {
  expect(await readOptions(await attached('f103cb'))).toEqual(FACTORY);
});

test('option bytes that are set stand in the chip after a reset, the others as they were', async () => {
  const target = await attached('f103cb');
  const change = { DATA0: 0x42, WDG_SW: 0, WRP: 0xfffffffe };
  expect((await writeOptions(target, change)).after).toEqual({ ...FACTORY, ...change });
  const raw = (await bench.slots[0]!.optionBytes())!;
  expect(Buffer.from(raw).toString('hex')).toBe('a55afe0142bdff00fe01ff00ff00ff00');
  await expect(target.readWord(0x08000000)).resolves.toBe(0xffffffff);
});

test.each(['f103cb', 'cks32', 'gd32', 'f103c4', 'f103rg'])(
  'protection of a %s is proved, and lifting it too',
  async (board) => {
    const target = await attached(board);
    await protect(target);
    expect(await readOptions(target)).toMatchObject({ RDP: 0 });
    await expect(target.readWord(0x08000000)).rejects.toMatchObject({ code: 'target.fault' });
    await unprotect(target);
    expect((await bench.slots[0]!.flash())!.every((byte) => byte === 0xff)).toBe(true);
    expect(await readOptions(target)).toEqual(FACTORY);
  },
);

test('protecting twice is one protection', async () => {
  const target = await attached('f103cb+rdp1');
  await protect(target);
  expect((await readOptions(target)).RDP).not.toBe(0xa5);
});

test('RDP is not changed beside other options', async () => {
  const target = await attached('f103cb');
  await expect(writeOptions(target, { RDP: 0 })).rejects.toMatchObject({ code: 'flash.options_not_taken' });
  await protect(target);
  await expect(writeOptions(target, { RDP: 0xa5 })).rejects.toMatchObject({ code: 'flash.read_protected' });
});

test('an option whose complement is wrong counts as the chip loads it', () => {
  const raw = Uint8Array.from(Buffer.from('a55aff0042bcff00ff00ff00ff00ff00', 'hex'));
  expect(decodeOptions(raw)).toMatchObject({ DATA0: 0xff, RDP: 0xa5 });
  expect(encodeOptions(decodeOptions(raw), raw)[2]).toBe(0xff);
});
