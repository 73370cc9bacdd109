import type { VirtualBench, VirtualSlot } from '@boardwalk/virtual-bench';
import { benchOf } from '../testing/bench.ts';
import { textLike } from '../testing/matching.ts';
import type { UsbDevice } from '../usb/port.ts';
import { openProbe } from './open-probe.ts';

let bench: VirtualBench;
afterEach(() => bench.close());

const IDCODE = 0xe0042000;
const F103_MEDIUM = 0x20036410;
const STOOD_STILL_MS = 4000;

/** The device on a host that stands still once, in the transfer after `stand` was called. */
async function onASlowHost(slot: VirtualSlot): Promise<{ device: UsbDevice; stand: () => void }> {
  const [inner] = await bench.bus.devices();
  let standing = false;
  const device = new Proxy(inner!, {
    get: (of, name) => {
      const value: unknown = Reflect.get(of, name, of);
      if (typeof value !== 'function') return value;
      if (name !== 'transferIn') return value.bind(of) as unknown;
      return async (...how: Parameters<UsbDevice['transferIn']>) => {
        const still = standing;
        standing = false;
        if (still) await slot.advance(STOOD_STILL_MS);
        return of.transferIn(...how);
      };
    },
  });
  return { device, stand: () => (standing = true) };
}

test('a limit that passes while the host stands still is the host’s fault, not the probe’s silence', async () => {
  bench = await benchOf('f103cb');
  const slot = bench.slots[0]!;
  const { device, stand } = await onASlowHost(slot);
  const probe = await openProbe(device);
  const target = await probe.attach({ connect: 'under-reset' });
  await slot.fault({ kind: 'silent-replies', count: 1 });
  stand();
  await expect(target.readWord(IDCODE)).rejects.toMatchObject({
    code: 'probe.host_late',
    message: textLike(/this host stood still, a limit took 5\.0 s instead of 1\.0 s/),
  });
  await probe.close();
});

test('a host that stood still once costs production one more transfer, which is counted', async () => {
  bench = await benchOf('f103cb');
  const slot = bench.slots[0]!;
  const { device, stand } = await onASlowHost(slot);
  const probe = await openProbe(device, { repeats: 1 });
  const target = await probe.attach({ connect: 'under-reset' });
  await slot.fault({ kind: 'silent-replies', count: 1 });
  stand();
  expect(await target.readWord(IDCODE)).toBe(F103_MEDIUM);
  expect(probe.transferRetries).toBe(1);
});

test('a core that halted while the host stood still has halted in time', async () => {
  bench = await benchOf('f103cb');
  const slot = bench.slots[0]!;
  const { device, stand } = await onASlowHost(slot);
  const target = await (await openProbe(device)).attach({ connect: 'under-reset' });
  // A loop of 2^17 turns, then a breakpoint.
  await target.writeMemory(0x20000000, Uint8Array.from([0x01, 0x38, 0xfd, 0xd1, 0x00, 0xbe]));
  await target.writeRegister('r0', 1 << 17);
  await target.writeRegister('pc', 0x20000000);
  await target.resume(true);
  stand();
  await target.waitForHalt(25);
});

test('an exchange that does more when it is sent twice is never sent again by itself', async () => {
  bench = await benchOf('f103cb');
  const slot = bench.slots[0]!;
  const [device] = await bench.bus.devices();
  const probe = await openProbe(device!, { repeats: 2 });
  const target = await probe.attach({ connect: 'under-reset' });
  for (const act of [() => target.resume(), () => target.writeWord(0x40022004, 0x45670123)]) {
    await target.halt();
    const { transferRetries } = probe;
    await slot.fault({ kind: 'silent-replies', count: 1 });
    await expect(act()).rejects.toMatchObject({ code: 'probe.no_answer' });
    expect(probe.transferRetries - transferRetries).toBe(0);
  }
});
