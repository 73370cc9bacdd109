import type { VirtualBench } from '@boardwalk/virtual-bench';
import { findProbes } from '../stlink/find-probes.ts';
import { openProbe } from '../stlink/open-probe.ts';
import { benchOf, probeAt } from '../testing/bench.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

const IDCODE = 0xe0042000;
const SRAM = 0x20000000;

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

test('serials are repaired, kept raw, and marked where they name nobody', async () => {
  bench = await benchOf(
    'f103cb',
    'f103cb+serial=raw',
    'f103cb+serial=missing',
    'f103cb+serial=duplicate',
    'f103cb+serial=duplicate',
  );
  const found = await findProbes(bench.bus);
  expect(found.map(({ serialState }) => serialState)).toEqual([
    'ok',
    'repaired',
    'missing',
    'duplicate',
    'duplicate',
  ]);
  expect(found[1]!.serial).toMatch(/^[0-9A-F]{24}$/);
  expect(found[2]!.serial).toBeNull();
  for (const probe of found) await (await openProbe(probe.device)).close();
});
