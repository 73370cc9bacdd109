import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UsbDevice } from '@boardwalk/probe';
import { le32 } from '../testing/wire.ts';
import { createVirtualBench, type VirtualBench, type VirtualBenchOptions } from './virtual-bench.ts';

const benches: VirtualBench[] = [];
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'virtual-bench-'));
});
afterEach(async () => {
  await Promise.all(benches.splice(0).map((bench) => bench.close()));
});
afterAll(() => rm(directory, { recursive: true }));

async function benchOf(boards: string[], options: Partial<VirtualBenchOptions> = {}): Promise<VirtualBench> {
  const bench = await createVirtualBench({ boards, threads: 'inline', ...options });
  benches.push(bench);
  return bench;
}

async function claimed(bench: VirtualBench, index = 0): Promise<UsbDevice> {
  const device = (await bench.bus.devices())[index]!;
  await device.open();
  await device.selectConfiguration(1);
  await device.claimInterface(0);
  return device;
}

function block(...bytes: number[]): Uint8Array {
  const command = new Uint8Array(16);
  command.set(bytes);
  return command;
}

/** A command over the port, and its reply. */
async function ask(device: UsbDevice, bytes: number[], length: number, timeoutMs = 100): Promise<Uint8Array> {
  const endpoint = device.interfaces[0]!.endpoints.find(({ direction }) => direction === 'out')!;
  await device.transferOut(endpoint.endpointNumber, block(...bytes), timeoutMs);
  return device.transferIn(1, length, timeoutMs);
}

const hexBytes = (text: string): number[] => text.split(' ').map((byte) => parseInt(byte, 16));

/** Programs one half-word over debug registers and 16-bit memory writes. */
async function program(device: UsbDevice, address: number, value: number): Promise<void> {
  const write = (at: number, word: number): Promise<Uint8Array> =>
    ask(device, [0xf2, 0x35, ...hexBytes(le32(at)), ...hexBytes(le32(word))], 2);
  await ask(device, [0xf2, 0x30, 0xa3], 2);
  await write(0xe000edf0, 0xa05f0003);
  await write(0x40022004, 0x45670123);
  await write(0x40022004, 0xcdef89ab);
  await write(0x40022010, 1);
  await device.transferOut(2, block(0xf2, 0x48, ...hexBytes(le32(address)), 2, 0), 100);
  await device.transferOut(2, Uint8Array.of(value & 0xff, value >>> 8), 100);
}

describe('the USB port of a bench', () => {
  test('shows one probe a board, in port order', async () => {
    const bench = await benchOf(['f103c8', 'cks32+probe=v3j10', 'f103cb+probe=v21+serial=missing']);
    const devices = await bench.bus.devices();
    expect(devices.map(({ portPath, productId, speed }) => [portPath, productId, speed])).toEqual([
      ['1-1', 0x3748, 'full'],
      ['1-2', 0x374e, 'high'],
      ['1-3', 0x374b, 'full'],
    ]);
    expect(devices.map(({ serialNumber }) => serialNumber?.length)).toEqual([24, 24, undefined]);
  });

  test('grants the interface to one owner', async () => {
    const bench = await benchOf(['f103c8']);
    await claimed(bench);
    const [other] = await bench.bus.devices();
    await other!.open();
    await expect(other!.claimInterface(0)).rejects.toMatchObject({ code: 'usb.busy' });
  });

  test('refuses transfers before the interface is claimed', async () => {
    const bench = await benchOf(['f103c8']);
    const [device] = await bench.bus.devices();
    await device!.open();
    await expect(device!.transferIn(1, 64, 10)).rejects.toMatchObject({ code: 'usb.invalid_state' });
  });

  test('a timeout passes in modelled time, and cancels its transfer for good', async () => {
    const bench = await benchOf(['f103c8']);
    const device = await claimed(bench);
    const before = device.clock.now();
    await expect(device.transferIn(1, 64, 1500)).rejects.toMatchObject({ code: 'usb.timeout' });
    expect(device.clock.now() - before).toBe(1500);
    expect((await ask(device, [0xf1], 64)).length).toBe(6);
  });

  test('a wait passes in modelled time', async () => {
    const bench = await benchOf(['f103c8']);
    const device = await claimed(bench);
    const before = device.clock.now();
    await device.clock.wait(250);
    expect(device.clock.now() - before).toBe(250);
  });

  test('a stall, babble and an unplug are told apart', async () => {
    const bench = await benchOf(['f103c8']);
    const device = await claimed(bench);
    await bench.slots[0]!.fault({ kind: 'stall' });
    await expect(ask(device, [0xf1], 64)).rejects.toMatchObject({ code: 'usb.stall' });
    await device.clearHalt('in', 1);
    expect((await device.transferIn(1, 64, 10)).length).toBe(6);
    await expect(ask(device, [0xf1], 3)).rejects.toMatchObject({ code: 'usb.protocol' });
    await bench.slots[0]!.fault({ kind: 'unplug-after', transfers: 1 });
    await expect(ask(device, [0xf1], 64)).rejects.toMatchObject({ code: 'usb.disconnected' });
    expect(await bench.bus.devices()).toEqual([]);
  });

  test('a probe that was pulled and plugged is another device on the same port', async () => {
    const bench = await benchOf(['f103c8']);
    const device = await claimed(bench);
    let changes = 0;
    const stop = bench.bus.onChange(() => (changes += 1));
    await bench.slots[0]!.unplugProbe();
    expect(await bench.bus.devices()).toEqual([]);
    await bench.slots[0]!.plugProbe();
    stop();
    expect(changes).toBe(2);
    await expect(ask(device, [0xf1], 64)).rejects.toMatchObject({ code: 'usb.disconnected' });
    const again = await claimed(bench);
    expect(again.portPath).toBe('1-1');
    expect(again.address).not.toBe(device.address);
    expect((await ask(again, [0xf1], 64)).length).toBe(6);
  });
});

describe('the hand at the bench', () => {
  test('each board that is put in has a unique id of its own', async () => {
    const bench = await benchOf(['f103c8', 'f103c8']);
    const uidOf = async (index: number): Promise<string> => {
      const device = await claimed(bench, index);
      await ask(device, [0xf2, 0x30, 0xa3], 2);
      await device.transferOut(2, block(0xf2, 0x07, ...hexBytes(le32(0x1ffff7e8)), 12, 0), 100);
      const uid = (await device.transferIn(1, 12, 100)).join();
      await device.close();
      return uid;
    };
    const seen = [await uidOf(0), await uidOf(1)];
    await bench.slots[0]!.insert('f103c8');
    seen.push(await uidOf(0));
    expect(new Set(seen).size).toBe(3);
  });

  test('an empty socket has no voltage and no target', async () => {
    const bench = await benchOf(['f103c8+empty']);
    const device = await claimed(bench);
    expect((await ask(device, [0xf7], 8)).subarray(4).join()).toBe('0,0,0,0');
    expect((await ask(device, [0xf2, 0x30, 0xa3], 2))[0]).toBe(0x09);
    await bench.slots[0]!.insert('f103c8');
    expect((await ask(device, [0xf2, 0x30, 0xa3], 2))[0]).toBe(0x80);
    await bench.slots[0]!.remove();
    expect((await ask(device, [0xf2, 0x30, 0xa3], 2))[0]).toBe(0x09);
    expect(await bench.slots[0]!.flash()).toBeNull();
  });

  test('a board below its power-on threshold does not answer, and its voltage says why', async () => {
    const bench = await benchOf(['f103c8+voltage=1.5']);
    const device = await claimed(bench);
    const reading = new DataView((await ask(device, [0xf7], 8)).slice().buffer);
    expect((2.4 * reading.getUint32(4, true)) / reading.getUint32(0, true)).toBeCloseTo(1.5, 2);
    expect((await ask(device, [0xf2, 0x30, 0xa3], 2))[0]).toBe(0x09);
    await device.clock.wait(100);
  });

  test('a spec that cannot be met is one sentence', async () => {
    const bench = await benchOf(['f103c8']);
    expect(() => bench.slots[0]!.insert('f104')).toThrow('there is no board profile "f104"');
  });
});

describe('what boards keep without power', () => {
  test('flash and option bytes are there again in the next process', async () => {
    const dataDirectory = join(directory, 'kept');
    const first = await benchOf(['f103c8', 'f103cb+wrp'], { dataDirectory });
    await program(await claimed(first), 0x08000200, 0xbeef);
    await first.close();
    const second = await benchOf(['f103c8', 'f103cb+wrp'], { dataDirectory });
    expect((await second.slots[0]!.flash())!.slice(0x200, 0x202)).toEqual(Uint8Array.of(0xef, 0xbe));
    expect((await second.slots[1]!.optionBytes())![8]).toBe(0xfe);
  });

  test('another board in that socket starts blank', async () => {
    const dataDirectory = join(directory, 'other');
    const first = await benchOf(['f103c8'], { dataDirectory });
    await program(await claimed(first), 0x08000000, 0xbeef);
    await first.close();
    const second = await benchOf(['f103cb'], { dataDirectory });
    expect((await second.slots[0]!.flash())!.every((byte) => byte === 0xff)).toBe(true);
  });

  test('a torn file is a new board, and no half-written file is left behind', async () => {
    const dataDirectory = join(directory, 'torn');
    const first = await benchOf(['f103c8'], { dataDirectory });
    await program(await claimed(first), 0x08000000, 0xbeef);
    await first.close();
    const files = await readdir(join(dataDirectory, 'virtual-bench'));
    expect(files).toEqual(['board-1.bin']);
    await writeFile(join(dataDirectory, 'virtual-bench', files[0]!), '{"profile":"f103');
    const second = await benchOf(['f103c8'], { dataDirectory });
    expect((await second.slots[0]!.flash())!.every((byte) => byte === 0xff)).toBe(true);
  });

  test('firmware may be put on a board from a file', async () => {
    const path = join(directory, 'firmware.bin');
    await writeFile(path, Uint8Array.of(1, 2, 3));
    const bench = await benchOf([`f103c8+firmware=${path}`]);
    expect((await bench.slots[0]!.flash())!.slice(0, 4)).toEqual(Uint8Array.of(1, 2, 3, 0xff));
  });
});

describe('threads', () => {
  test('workers answer as the inline bench does, to the picosecond of the ledger', async () => {
    const ledgers = await Promise.all(
      (['inline', 'workers'] as const).map(async (threads) => {
        const bench = await benchOf(['f103c8', 'cks32', 'ch32'], { threads });
        for (const index of [0, 1, 2]) await program(await claimed(bench, index), 0x08000000, 0x1234);
        return Promise.all(bench.slots.map((slot) => slot.ledger()));
      }),
    );
    expect(ledgers[1]).toEqual(ledgers[0]);
    expect(ledgers[0]![0]!.halfWordsProgrammed).toBe(1);
  });

  test('a bench of workers closes twice without complaint', async () => {
    const bench = await benchOf(['f103c8'], { threads: 'workers' });
    await bench.close();
    await bench.bus.close();
  });
});

test('at the pace of a real bench a person waits as long as the hardware would take', async () => {
  const bench = await benchOf(['f103cb'], { pace: 'real' });
  const before = performance.now();
  await bench.slots[0]!.advance(120);
  // A timer may come late, never early: this holds on the slowest machine.
  expect(performance.now() - before).toBeGreaterThanOrEqual(119);
});
