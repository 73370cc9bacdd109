import type { VirtualBench } from '@boardwalk/virtual-bench';
import { ProbeError } from './errors.ts';
import { benchOf, probeAt } from './testing/bench.ts';
import type { Target } from './target.ts';
import { textLike } from './testing/matching.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

const IDCODE = 0xe0042000;
const F103_MEDIUM = 0x20036410;
const UNMAPPED = 0x60000000;
const FIRST_WAIT_MS = 1;

async function attached(board = 'f103cb'): Promise<Target> {
  bench = await benchOf(board);
  return (await probeAt(bench)).attach({ connect: 'under-reset' });
}

test.each([
  ['v2j17', UNMAPPED],
  ['v2j37', UNMAPPED],
  ['v3j10', UNMAPPED],
])('a %s names the address where nothing answers, and the next access works', async (model, address) => {
  const target = await attached(`f103cb+probe=${model}`);
  const failure = await target.readMemory(address, 8).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(ProbeError);
  expect(failure).toMatchObject({
    code: 'target.fault',
    status: 0x11,
    address,
    portPath: '1-1',
    operation: 'read 8 bytes at 0x60000000',
    remedy: textLike(/\.$/),
  });
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a write where nothing answers is an error too', async () => {
  const target = await attached();
  await expect(target.writeMemory(UNMAPPED, new Uint8Array(4))).rejects.toMatchObject({
    code: 'target.fault',
    address: UNMAPPED,
  });
});

test('a range beyond the address space is refused before anything is sent', async () => {
  const target = await attached();
  const before = await bench.slots[0]!.ledger();
  for (const [address, length] of [[0xfffffffc, 8] as const, [-4, 4] as const, [0, Number.NaN] as const])
    await expect(target.readMemory(address, length)).rejects.toMatchObject({ code: 'target.fault' });
  expect((await bench.slots[0]!.ledger()).usbTransfersOut).toBe(before.usbTransfersOut);
});

test('a target that waits is asked again, each time after twice the pause, until it answers', async () => {
  const target = await attached();
  const { clock } = target.link;
  const before = clock.now();
  await bench.slots[0]!.fault({ kind: 'swd-waits', count: 5 });
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
  expect(clock.now() - before).toBeGreaterThanOrEqual(FIRST_WAIT_MS * (2 ** 5 - 1));
});

test('a block that met a wait is moved whole again', async () => {
  const target = await attached();
  const content = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7) & 0xff);
  await bench.slots[0]!.fault({ kind: 'swd-waits', count: 3 });
  await target.writeMemory(0x20000000, content);
  await bench.slots[0]!.fault({ kind: 'swd-waits', count: 3 });
  expect(await target.readMemory(0x20000000, 4096)).toEqual(content);
});

test('a target that waits for ever is given up', async () => {
  const target = await attached();
  await bench.slots[0]!.fault({ kind: 'swd-waits', count: 1e6 });
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'target.wait', status: 0x10 });
});

test('a line too long for its clock is an error of the line, not of the chip', async () => {
  const target = await attached();
  await bench.slots[0]!.fault({ kind: 'swd-bit-errors', aboveKhz: 2000, oneIn: 10 });
  await expect(target.readMemory(0x08000000, 4096)).rejects.toMatchObject({
    code: 'target.line',
    remedy: textLike(/SWD clock/),
  });
  await target.link.setSpeed(1000);
  expect(await target.readMemory(0x08000000, 4096)).toHaveLength(4096);
});

test('an empty socket is "no target answers", with what to check', async () => {
  bench = await benchOf('f103cb+empty');
  const probe = await probeAt(bench);
  await expect(probe.attach({ connect: 'under-reset' })).rejects.toMatchObject({
    code: 'target.none',
    operation: 'attach under-reset',
    status: 0x09,
    remedy: textLike(/nRST/),
  });
});

test('a board taken out in the middle of work is "no target answers", and the probe stays', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  const target = await probe.attach({ connect: 'under-reset' });
  await bench.slots[0]!.remove();
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'target.none' });
  expect(probe.wire.inStep).toBe(true);
});

test('a first ENTER that fails is tried again while there is time, and not without', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  await bench.slots[0]!.fault({ kind: 'enter-fails', count: 2 });
  await expect(probe.attach({ connect: 'normal' })).rejects.toMatchObject({ code: 'target.none' });
  const reasons: string[] = [];
  await probe.attach({ connect: 'normal', waitMs: 1000, onWaiting: (_, because) => reasons.push(because) });
  expect(reasons).toEqual(['Probe 1-1: no target answers (enter SWD).']);
});

test('a wait for a target ends at its time, by the clock of the device', async () => {
  bench = await benchOf('f103cb+empty');
  const probe = await probeAt(bench);
  const before = probe.clock.now();
  await expect(probe.attach({ connect: 'normal', waitMs: 3000 })).rejects.toMatchObject({
    code: 'target.none',
    message: textLike(/within 3 s/),
  });
  expect(probe.clock.now() - before).toBeGreaterThanOrEqual(3000);
  expect(probe.clock.now() - before).toBeLessThan(3200);
});

test('a wait for a target ends when a person cancels it', async () => {
  bench = await benchOf('f103cb+empty');
  const probe = await probeAt(bench);
  const person = new AbortController();
  const waiting = probe.attach({
    connect: 'normal',
    waitMs: 60_000,
    signal: person.signal,
    onWaiting: () => person.abort(),
  });
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});

test('a button that stays pressed is named: the core is held in reset', async () => {
  bench = await benchOf('f103cb');
  await bench.slots[0]!.holdReset(true);
  const probe = await probeAt(bench);
  await expect(probe.attach({ connect: 'under-reset' })).rejects.toMatchObject({
    code: 'target.timeout',
    message: textLike(/held in reset/),
    remedy: textLike(/button/),
  });
});

test('nRST is let go when attaching under it failed', async () => {
  bench = await benchOf('f103cb+empty');
  const probe = await probeAt(bench);
  await expect(probe.attach({ connect: 'under-reset' })).rejects.toMatchObject({ code: 'target.none' });
  await bench.slots[0]!.insert('f103cb');
  const target = await probe.attach({ connect: 'hot' });
  expect(await target.state()).toMatchObject({ halted: false });
  await target.halt();
});

test('registers of a running core are refused, not invented', async () => {
  const target = await attached();
  await target.writeMemory(0x20000000, Uint8Array.from([0xfe, 0xe7]));
  await target.writeRegister('pc', 0x20000000);
  await target.resume();
  await expect(target.readRegister('r0')).rejects.toMatchObject({ code: 'target.not_halted' });
  await expect(target.writeRegister('r0', 1)).rejects.toMatchObject({ code: 'target.not_halted' });
  await expect(target.readRegisters()).rejects.toMatchObject({ code: 'target.not_halted' });
});

test('what was known of the core does not outlive a reset by nRST', async () => {
  const target = await attached();
  expect(await target.readRegister('lr')).toBe(0xffffffff);
  await target.writeMemory(0x20000000, Uint8Array.from([0xfe, 0xe7]));
  await target.link.driveReset('pulse');
  await expect(target.readRegister('lr')).rejects.toMatchObject({ code: 'target.not_halted' });
});

test('a core that does not halt in time is named with that time', async () => {
  const target = await attached();
  await target.writeMemory(0x20000000, Uint8Array.from([0xfe, 0xe7]));
  await target.writeRegister('pc', 0x20000000);
  await target.resume();
  await expect(target.waitForHalt(25)).rejects.toMatchObject({
    code: 'target.timeout',
    message: textLike(/25 ms/),
  });
});

test('DAP registers on firmware that has none are refused with what to do', async () => {
  const target = await attached('f103cb+probe=v2j17');
  await expect(target.readDp(4)).rejects.toMatchObject({
    code: 'probe.unsupported',
    message: textLike(/V2J17S0/),
    remedy: textLike(/V2J24/),
  });
});

test('a core that its own breakpoint stopped is not taken for one that was caught at reset', async () => {
  bench = await benchOf('f103cb+nonrst');
  const probe = await probeAt(bench);
  const first = await probe.attach({ connect: 'normal' });
  const resetPc = await first.readRegister('pc');
  await first.writeMemory(0x20000000, Uint8Array.from([0x00, 0xbe]));
  await first.writeRegister('pc', 0x20000000);
  const again = await probe.attach({ connect: 'under-reset' });
  expect(await again.readRegister('pc')).toBe(resetPc);
});
