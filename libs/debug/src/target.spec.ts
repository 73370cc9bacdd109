import type { VirtualBench } from '@boardwalk/virtual-bench';
import { benchOf, probeAt } from './testing/bench.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

const IDCODE = 0xe0042000;
const SRAM = 0x20000000;
/** b . */
const LOOP = Uint8Array.from([0xfe, 0xe7]);

test.each([
  ['v2j17', 'V2J17S0', 1800],
  ['v2j24', 'V2J24S4', 4000],
  ['v2j37', 'V2J37S7', 4000],
  ['v21', 'V2J37M27', 4000],
  ['v3j10', 'V3J10M3', 3300],
])('a %s reads its version, its clock and the target behind it', async (model, version, khz) => {
  bench = await benchOf(`f103cb+probe=${model}`);
  const probe = await probeAt(bench);
  expect(probe.firmware.text).toBe(version);
  const target = await probe.attach({ connect: 'under-reset' });
  expect(probe.speedKhz).toBe(khz);
  expect(target.dpidr).toBe(0x1ba01477);
  expect(await target.readWord(IDCODE)).toBe(0x20036410);
  expect(await probe.targetVoltage()).toBeCloseTo(3.28, 2);
  await probe.close();
});

test('a clone answers with its own debug port and core', async () => {
  bench = await benchOf('cks32');
  const target = await (await probeAt(bench)).attach({ connect: 'normal' });
  expect(target.dpidr).toBe(0x2ba01477);
  expect(await target.readWord(0xe000ed00)).toBe(0x412fc231);
});

test('under reset the core stands before its first instruction, vectors loaded', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  const target = await probe.attach({ connect: 'under-reset' });
  expect(await target.isHalted()).toBe(true);
  expect(await target.readRegister('xpsr')).toBe(0x01000000);
  expect(await target.readRegister('lr')).toBe(0xffffffff);
});

test('memory of any address, length and alignment comes back as it was written', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  const content = Uint8Array.from({ length: 9001 }, (_, i) => (i * 31 + (i >> 7)) & 0xff);
  await target.writeMemory(SRAM + 3, content);
  for (const [from, length] of [
    [0, 9001],
    [1, 1],
    [2, 7],
    [5, 130],
    [1021, 4099],
  ] as const) {
    expect(await target.readMemory(SRAM + 3 + from, length)).toEqual(content.slice(from, from + length));
  }
});

test('the core steps and runs Thumb code that lies in its RAM', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  // movs r0, #40; adds r0, #2; bkpt
  await target.writeMemory(SRAM, Uint8Array.from([0x28, 0x20, 0x02, 0x30, 0x00, 0xbe]));
  await target.writeRegister('pc', SRAM);
  await target.step();
  expect(await target.readRegister('r0')).toBe(40);
  await target.resume(true);
  await target.waitForHalt(100);
  expect(await target.readRegister('r0')).toBe(42);
  expect(await target.readRegister('pc')).toBe(SRAM + 4);
});

test('the tool keeps trying while the socket is empty, and attaches when a board comes', async () => {
  bench = await benchOf('f103cb+empty');
  const probe = await probeAt(bench);
  let tries = 0;
  const target = await probe.attach({
    connect: 'under-reset',
    waitMs: 5000,
    onWaiting: () => {
      tries += 1;
      if (tries === 3) void bench.slots[0]!.insert('cks32');
    },
  });
  expect(target.dpidr).toBe(0x2ba01477);
});

test('a core held in reset by a button, on a probe without nRST, halts once the button is let go', async () => {
  bench = await benchOf('f103cb+nonrst');
  const slot = bench.slots[0]!;
  await slot.holdReset(true);
  const probe = await probeAt(bench);
  let tries = 0;
  const target = await probe.attach({
    connect: 'under-reset',
    waitMs: 10_000,
    onWaiting: () => {
      tries += 1;
      if (tries === 2) void slot.holdReset(false);
    },
  });
  expect(tries).toBeGreaterThanOrEqual(2);
  expect(await target.isHalted()).toBe(true);
});

test.each(['v2j17', 'v2j37', 'v3j10'])('a %s reads and writes half-words', async (model) => {
  bench = await benchOf(`f103cb+probe=${model}`);
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  await target.writeWord(SRAM, 0x44332211);
  await target.writeHalfWord(SRAM + 2, 0xbeef);
  expect(await target.readHalfWord(SRAM)).toBe(0x2211);
  expect(await target.readHalfWord(SRAM + 2)).toBe(0xbeef);
});

test('a block that one command moves costs one command and its status', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  const before = await bench.slots[0]!.ledger();
  await target.readWords(SRAM, 1536);
  const after = await bench.slots[0]!.ledger();
  expect(after.usbTransfersOut - before.usbTransfersOut).toBe(2);
  expect(after.usbTransfersIn - before.usbTransfersIn).toBe(2);
});

test('all registers come at once as they come one by one', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  await target.writeRegister('r7', 0xdeadbeef);
  await target.writeRegister('psp', 0x20000100);
  const all = await target.readRegisters();
  expect(Object.keys(all)).toHaveLength(20);
  expect(all).toMatchObject({ r7: 0xdeadbeef, psp: 0x20000100, lr: 0xffffffff, xpsr: 0x01000000 });
  expect(all.pc).toBe(await target.readRegister('pc'));
});

test('the debug port is powered and the access port is the one of a Cortex-M3', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'hot' });
  expect((await target.readDp(4)) >>> 28).toBe(0xf);
  expect(await target.readAp(0, 0xfc)).toBe(0x14770011);
  await target.writeAp(0, 0x04, SRAM);
  expect(await target.readAp(0, 0x04)).toBe(SRAM);
});

test('a hot attach neither halts nor resets', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  const first = await probe.attach({ connect: 'under-reset' });
  await first.writeMemory(SRAM, LOOP);
  await first.writeRegister('pc', SRAM);
  await first.state();
  await first.detach({ resume: true });
  const target = await probe.attach({ connect: 'hot' });
  expect(await target.state()).toMatchObject({ halted: false, resetSeen: false });
  await target.halt();
  expect(await target.readRegister('pc')).toBe(SRAM);
});

test('a reset that halts starts afresh, whatever stopped the core before', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  const resetPc = await target.readRegister('pc');
  await target.writeMemory(SRAM, Uint8Array.from([0x00, 0xbe]));
  await target.writeRegister('pc', SRAM);
  await target.resume();
  await target.waitForHalt(100);
  expect(await target.readRegister('pc')).toBe(SRAM);
  await target.resetAndHalt();
  expect(await target.readRegister('pc')).toBe(resetPc);
});

test('a reset that runs leaves no debugger behind', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  await target.resetAndRun();
  expect((await target.readWord(0xe000edf0)) & 0xf).toBe(0);
  expect(await target.readWord(0xe000edfc)).toBe(0);
});

test('a core that could not read its vectors at a reset runs what a debugger puts into RAM', async () => {
  // Protection level 1 of an STM32F0 closes flash to the core too while a debugger is there.
  bench = await benchOf('f072cb+rdp1');
  const target = await (await probeAt(bench)).attach({ connect: 'normal' });
  expect(await target.state()).toMatchObject({ halted: true, lockedUp: false });
  // MOVS r0, #5; BKPT
  await target.writeMemory(0x20000100, Uint8Array.from([0x05, 0x20, 0x00, 0xbe]));
  await target.writeRegister('pc', 0x20000100);
  await target.writeRegister('xpsr', 0x01000000);
  await target.resume(true);
  await target.waitForHalt(100);
  expect(await target.readRegister('r0')).toBe(5);
});
