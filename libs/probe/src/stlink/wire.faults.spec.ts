import type { VirtualBench } from '@boardwalk/virtual-bench';
import { benchOf, probeAt } from '../testing/bench.ts';
import type { UsbDevice } from '../usb/port.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

const CPUID = 0xe000ed00;
const IDCODE = 0xe0042000;
const F103_MEDIUM = 0x20036410;
const IDLE = 1;
const FLASH = 0x08000000;

/** What another program did with the probe before it died: commands sent, replies never read. */
async function leftBy(...commands: number[][]): Promise<void> {
  const [device] = await bench.bus.devices();
  await device!.open();
  await device!.claimInterface(0);
  for (const command of commands) await send(device!, command);
  await device!.close();
}

async function send(device: UsbDevice, command: number[]): Promise<void> {
  const block = new Uint8Array(16);
  block.set(command);
  await device.transferOut(2, block, 100);
}

test.each([
  ['in debug mode', [[0xf2, 0x30, 0xa3]]],
  ['in SWIM mode', [[0xf4, 0x00]]],
  ['with a version nobody read', [[0xf1]]],
  ['with a block of flash nobody read', [[0xf2, 0x07, 0, 0, 0, 8, 0x00, 0x18]]],
  ['with five replies nobody read', [[0xf1], [0xf5], [0xf7], [0xf1], [0xf5]]],
  ['in the middle of a write', [[0xf2, 0x08, 0, 0, 0, 0x20, 0x00, 0x04]]],
])('a probe left %s by a program that died is brought into step', async (_state, commands) => {
  bench = await benchOf('f103cb');
  await leftBy(...commands);
  const probe = await probeAt(bench);
  expect(probe.firmware.text).toBe('V2J37S7');
  expect((await probe.wire.exchange([0xf5], 2, 'read the mode')).getUint8(0)).toBe(IDLE);
  expect(await (await probe.attach({ connect: 'hot' })).readWord(IDCODE)).toBe(F103_MEDIUM);
});

test.each(['silent-replies', 'short-replies', 'stale-replies'] as const)(
  'a probe that opens with %s is brought into step',
  async (kind) => {
    bench = await benchOf('f103cb');
    await bench.slots[0]!.fault({ kind, count: 1 });
    const probe = await probeAt(bench);
    expect(probe.firmware.text).toBe('V2J37S7');
    await probe.attach({ connect: 'under-reset' });
  },
);

test.each([
  ['silent-replies', 'probe.no_answer'],
  ['short-replies', 'probe.protocol'],
  ['stale-replies', 'probe.protocol'],
] as const)('%s in the middle of work fail that call, and the next one is right', async (kind, code) => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  const before = await target.readMemory(FLASH, 256);
  await bench.slots[0]!.fault({ kind, count: 1 });
  await expect(target.readMemory(FLASH, 256)).rejects.toMatchObject({
    code,
    operation: 'read 256 bytes at 0x08000000',
  });
  expect(await target.readMemory(FLASH, 256)).toEqual(before);
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a reply that comes after its time is never taken for the next one', async () => {
  bench = await benchOf('f103cb');
  const slot = bench.slots[0]!;
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  await slot.fault({ kind: 'silent-replies', count: 1 });
  await expect(target.readWord(CPUID)).rejects.toMatchObject({ code: 'probe.no_answer' });
  // Now it comes: eight bytes with a good status, exactly as the next reply will look.
  const late = Uint8Array.from([0xf2, 0x36, 0x00, 0xed, 0x00, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  await slot.usb.submit({ id: 1e9, endpoint: 0x02, data: late, length: 16 });
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a reply longer than what is due is refused, though it begins with a good status', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  const target = await probe.attach({ connect: 'under-reset' });
  const stray = Uint8Array.from([0xf2, 0x36, 0x00, 0xed, 0x00, 0xe0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  await bench.slots[0]!.usb.submit({ id: 1e9, endpoint: 0x02, data: stray, length: 16 });
  await expect(probe.driveReset('high')).rejects.toMatchObject({ code: 'probe.protocol' });
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a stalled endpoint is cleared at opening, and in the middle of work', async () => {
  bench = await benchOf('f103cb');
  await bench.slots[0]!.fault({ kind: 'stall' });
  const probe = await probeAt(bench);
  expect(probe.firmware.text).toBe('V2J37S7');
  const target = await probe.attach({ connect: 'under-reset' });
  await bench.slots[0]!.fault({ kind: 'stall' });
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'probe.protocol' });
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a probe that never answers says so, and what to do', async () => {
  bench = await benchOf('f103cb');
  await bench.slots[0]!.fault({ kind: 'silent-replies', count: 1000 });
  await expect(probeAt(bench)).rejects.toMatchObject({
    code: 'probe.no_answer',
    portPath: '1-1',
    operation: 'resync',
    remedy: 'Unplug the probe and plug it in again.',
  });
});

test('a probe that a reset did not wake fails every later call at once, without another wait', async () => {
  bench = await benchOf('f103cb');
  const probe = await probeAt(bench);
  const target = await probe.attach({ connect: 'under-reset' });
  await bench.slots[0]!.fault({ kind: 'silent-replies', count: 1000 });
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'probe.no_answer' });
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ operation: 'resync' });
  const before = probe.clock.now();
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ operation: 'resync' });
  expect(probe.clock.now()).toBe(before);
});

test('an unplug inside a transfer is an error at once, and on every call after it', async () => {
  bench = await benchOf('f103cb', 'f103c8');
  const probe = await probeAt(bench);
  const target = await probe.attach({ connect: 'under-reset' });
  const other = await (await probeAt(bench, 2)).attach({ connect: 'under-reset' });
  await bench.slots[0]!.fault({ kind: 'unplug-after', transfers: 7 });
  await expect(target.readMemory(FLASH, 65536)).rejects.toMatchObject({ code: 'probe.disconnected' });
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'probe.disconnected' });
  await probe.close();
  expect(await other.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a probe pulled out and put back is gone for who had it, and opens anew', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  await bench.slots[0]!.unplugProbe();
  await bench.slots[0]!.plugProbe();
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({ code: 'probe.disconnected' });
  const again = await (await probeAt(bench)).attach({ connect: 'hot' });
  expect(await again.readWord(IDCODE)).toBe(F103_MEDIUM);
});

test('a probe that another program holds is named as busy', async () => {
  bench = await benchOf('f103cb');
  await probeAt(bench);
  await expect(probeAt(bench)).rejects.toMatchObject({ code: 'probe.busy' });
});

test('a probe that failed to open is let go', async () => {
  bench = await benchOf('f103cb');
  await bench.slots[0]!.fault({ kind: 'silent-replies', count: 1000 });
  await expect(probeAt(bench)).rejects.toMatchObject({ code: 'probe.no_answer' });
  await bench.slots[0]!.clearFaults();
  expect((await probeAt(bench)).firmware.text).toBe('V2J37S7');
});

test('calls made at once on one probe are served one after another, each with its own reply', async () => {
  bench = await benchOf('f103cb');
  const target = await (await probeAt(bench)).attach({ connect: 'under-reset' });
  const words = Uint8Array.from({ length: 400 }, (_, i) => i & 0xff);
  await target.writeMemory(0x20000000, words);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      i % 2 ? target.readWord(0x20000000 + i * 4) : target.readMemory(0x20000000 + i * 4, 4),
    ),
  );
  answers.forEach((answer, i) => {
    const bytes = typeof answer === 'number' ? [0, 8, 16, 24].map((at) => (answer >>> at) & 0xff) : answer;
    expect([...bytes]).toEqual([...words.subarray(i * 4, i * 4 + 4)]);
  });
});

test('one dead probe among 24 leaves the other 23 to finish', async () => {
  bench = await benchOf(...Array.from({ length: 24 }, () => 'f103c8'));
  await bench.slots[11]!.fault({ kind: 'silent-replies', count: 1e6 });
  const results = await Promise.allSettled(
    bench.slots.map(async (_, i) => {
      const target = await (await probeAt(bench, i + 1)).attach({ connect: 'under-reset' });
      return target.readMemory(FLASH, 4096);
    }),
  );
  const failed = results.flatMap(({ status }, i) => (status === 'rejected' ? [i] : []));
  expect(failed).toEqual([11]);
});
