import type { VirtualBench } from '@boardwalk/virtual-bench';
import { benchOf, probeAt } from '../testing/bench.ts';
import { packageDevice, PackageStandIn } from '../testing/package-stand-in.ts';
import type { UsbDevice } from '../usb/port.ts';
import { UsbHost } from '../usb/usb-host.ts';
import { findProbes } from './find-probes.ts';
import { openProbe } from './open-probe.ts';
import { textLike } from '../testing/matching.ts';

let bench: VirtualBench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

async function deviceLike(over: object, log: string[] = []): Promise<UsbDevice> {
  const usb = new PackageStandIn();
  usb.present = [packageDevice(over, log)];
  return (await new UsbHost(usb).devices())[0]!;
}

test('a probe opens from what was found and from its device alike', async () => {
  bench = await benchOf('f103cb');
  const [found] = await findProbes(bench.bus);
  const first = await openProbe(found!);
  expect(first.found).toBe(found);
  await first.close();
  const second = await openProbe(found!.device);
  expect(second.found).toMatchObject({ portPath: '1-1', model: 'ST-LINK/V2', serialState: 'ok' });
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
  const states = found.map(({ serialState }) => serialState);
  expect(states).toEqual(['ok', 'repaired', 'missing', 'duplicate', 'duplicate']);
  expect(found[1]!.serial).toMatch(/^[0-9A-F]{24}$/);
  expect(found[2]!.serial).toBeNull();
  for (const probe of found) await (await openProbe(probe)).close();
});

test.each([
  [0x3744, /V1/, /V2, V2-1 or V3/],
  [0x374d, /loader/, /STSW-LINK007/],
  [0x3755, /loader/, /STSW-LINK007/],
])('product %i is found, and refused unopened with what to do', async (productId, says, remedy) => {
  const log: string[] = [];
  const device = await deviceLike({ productId }, log);
  await expect(openProbe(device)).rejects.toMatchObject({
    code: 'probe.unsupported',
    message: textLike(says),
    remedy: textLike(remedy),
  });
  expect(log).toEqual([]);
});

test('a board that only does STM8 is refused with its firmware, and let go', async () => {
  const log: string[] = [];
  const version = new DataView(Uint8Array.of(0x29, 0x48, 0x83, 0x04, 0x4b, 0x37).buffer);
  const device = await deviceLike({ productId: 0x374b, transferIn: async () => ({ data: version }) }, log);
  await expect(openProbe(device)).rejects.toMatchObject({
    code: 'probe.unsupported',
    message: textLike(/V2M37S8/),
    remedy: textLike(/STSW-LINK007/),
  });
  expect(log.slice(-2)).toEqual(['release 0', 'close']);
});

test('what is no ST-LINK is refused', async () => {
  await expect(openProbe(await deviceLike({ vendorId: 0x1d50 }))).rejects.toMatchObject({
    code: 'probe.unsupported',
    portPath: '1-4',
  });
});

test.each([
  ['v2j17', 4000, 1800],
  ['v2j37', 1000, 950],
  ['v2j37', 1, 5],
  ['v2j37', 265, 240],
  ['v3j10', 24_000, 24_000],
  ['v3j10', 999, 200],
])('a %s asked for %i kHz runs at %i', async (model, wanted, actual) => {
  bench = await benchOf(`f103cb+probe=${model}`);
  expect(await (await probeAt(bench)).setSpeed(wanted)).toBe(actual);
});

test('a closed probe is free for the next one', async () => {
  bench = await benchOf('f103cb');
  await (await probeAt(bench)).close();
  await (await probeAt(bench)).close();
});

test('a stall is cured by clearing it, not by a reset that would take the claim away', async () => {
  const log: string[] = [];
  const version = new DataView(Uint8Array.of(0x29, 0x47, 0x83, 0x04, 0x48, 0x37).buffer);
  const idle = new DataView(Uint8Array.of(1, 0).buffer);
  const asked: number[] = [];
  const device = await deviceLike(
    {
      transferOut: async (_: number, data: Uint8Array) => {
        asked.push(data[0]!);
        return { bytesWritten: data.length };
      },
      transferIn: async () => {
        if (!log.includes('clearHalt in 1')) throw new Error('transferIn error: Stall');
        const command = asked.shift();
        if (command === undefined) throw new Error('transferIn error: Cancelled');
        return { data: command === 0xf1 ? version : idle };
      },
    },
    log,
  );
  expect((await openProbe(device)).firmware.text).toBe('V2J37S7');
  expect(log).not.toContain('reset');
});
