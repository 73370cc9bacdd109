import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createVirtualBench, type VirtualBench } from '../bench/virtual-bench.ts';
import type { BenchService } from './listen.ts';
import { serveUsbip } from './serve-usbip.ts';
import { submit, UsbipClient } from './testing/usbip-client.ts';

const GET_VERSION = Uint8Array.from([0xf1, 0x80, ...new Array<number>(14).fill(0)]);
const CLEAR_HALT_IN = [0x02, 0x01, 0, 0, 0x81, 0, 0, 0];
const OP_REQ_DEVLIST = Uint8Array.from([0x01, 0x11, 0x80, 0x05, 0, 0, 0, 0]);

let bench: VirtualBench;
let service: BenchService;
const clients: UsbipClient[] = [];
const open = async (): Promise<UsbipClient> => {
  const client = await UsbipClient.open(service.port);
  clients.push(client);
  return client;
};
const imported = async (busId: string): Promise<UsbipClient> => {
  const client = await open();
  expect(await client.import(busId)).toBe(0);
  return client;
};
/** Asks for the probe until the server has noticed that its last connection is gone. */
const expectFreeAgain = async (): Promise<void> => {
  let status = 1;
  for (let tries = 0; status !== 0 && tries < 1000; tries += 1) status = await (await open()).import('1-1');
  expect(status).toBe(0);
};

beforeEach(async () => {
  bench = await createVirtualBench({ boards: ['f103c8', 'cks32+probe=v3j10'], threads: 'inline' });
  service = await serveUsbip({ bench, host: '127.0.0.1', port: 0, hostTime: 'stands' });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await service.close();
  await bench.close();
});

describe('the USB/IP server', () => {
  it('lists each probe with its numbers and its one interface', async () => {
    const client = await open();
    client.send(OP_REQ_DEVLIST);
    const list = await client.read(12 + 2 * (312 + 4));
    expect(list.subarray(0, 12).toString('hex')).toBe('011100050000000000000002');
    expect(list.toString('latin1', 12 + 256, 12 + 259)).toBe('1-1');
    // busnum, devnum, full speed, vendor, product, bcdDevice.
    expect(list.subarray(12 + 288, 12 + 306).toString('hex')).toBe('000000010000000200000002048337480100');
    expect(list.subarray(12 + 312, 12 + 316).toString('hex')).toBe('ffffff00');
  });

  it('carries a command out and its reply in', async () => {
    const client = await imported('1-1');
    client.out(1, 2, GET_VERSION);
    expect(await client.reply()).toMatchObject({ command: 3, sequence: 1, status: 0 });
    client.in(2, 1, 64);
    const { status, data } = await client.reply();
    expect(status).toBe(0);
    expect(data.toString('hex')).toBe('294783044837');
  });

  it('answers an IN transfer that was asked for before its command', async () => {
    const client = await imported('1-1');
    client.in(1, 1, 64);
    client.out(2, 2, GET_VERSION);
    const replies = [await client.reply(), await client.reply()];
    expect(replies.find(({ sequence }) => sequence === 1)?.data.length).toBe(6);
  });

  it('answers control requests with the device’s own descriptors', async () => {
    const client = await imported('1-1');
    client.in(1, 0, 18, [0x80, 6, 0, 1, 0, 0, 18, 0]);
    expect((await client.reply()).data.equals(bench.slots[0]!.usb.deviceDescriptor)).toBe(true);
  });

  it('stalls as the device does, until the halt is cleared', async () => {
    const client = await imported('1-1');
    await bench.slots[0]!.fault({ kind: 'stall' });
    client.in(1, 1, 64);
    expect((await client.reply()).status).toBe(-32);
    client.out(2, 0, new Uint8Array(0), CLEAR_HALT_IN);
    expect((await client.reply()).status).toBe(0);
    client.out(3, 2, GET_VERSION);
    client.in(4, 1, 64);
    await client.reply();
    expect((await client.reply()).status).toBe(0);
  });

  it('unlinks a parked transfer with -ECONNRESET and sends no reply for it', async () => {
    const client = await imported('1-1');
    client.in(1, 1, 64);
    client.unlink(2, 1);
    expect(await client.reply()).toMatchObject({ command: 4, sequence: 2, status: -104 });
    client.out(3, 2, GET_VERSION);
    expect((await client.reply()).sequence).toBe(3);
  });

  it('says 0 to an unlink that lost the race', async () => {
    const client = await imported('1-1');
    client.out(1, 2, GET_VERSION);
    expect((await client.reply()).sequence).toBe(1);
    client.unlink(2, 1);
    expect(await client.reply()).toMatchObject({ command: 4, sequence: 2, status: 0 });
  });

  it('gives a probe to one importer, and to the next when the first hangs up', async () => {
    const first = await imported('1-1');
    const second = await open();
    expect(await second.import('1-1')).toBe(1);
    first.in(1, 1, 64);
    first.close();
    await first.closed;
    await expectFreeAgain();
  });

  it('refuses a bus id that is not there', async () => {
    expect(await (await open()).import('9-9')).toBe(1);
  });

  it('hangs up when the probe is unplugged, and exports it again when it is back', async () => {
    const client = await imported('1-1');
    await bench.slots[0]!.unplugProbe();
    await client.closed;
    const other = await open();
    expect(await other.import('1-1')).toBe(1);
    await bench.slots[0]!.plugProbe();
    await imported('1-1');
  });

  it('hangs up when the probe leaves the bus inside a transfer', async () => {
    const client = await imported('1-1');
    await bench.slots[0]!.fault({ kind: 'unplug-after', transfers: 0 });
    client.out(1, 2, GET_VERSION);
    expect((await client.reply()).status).toBe(-108);
    await client.closed;
  });
});

/** xorshift32: the inputs are the same on every machine. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** One hostile input: noise, half a packet, a length beyond reason, a mutated request. */
function hostile(pick: (below: number) => number): Buffer {
  const noise = Buffer.from(Array.from({ length: pick(200) }, () => pick(256)));
  const request = submit(pick(4), pick(2), pick(4), pick(128), [
    pick(256),
    pick(12),
    0,
    pick(4),
    0,
    0,
    pick(64),
    0,
  ]);
  switch (pick(6)) {
    case 0:
      return noise;
    case 1:
      return request.subarray(0, pick(48));
    case 2:
      return submit(pick(4), pick(2), pick(16), 0x80000000 - pick(2), []);
    case 3:
      request[pick(48)] = pick(256);
      return Buffer.concat([request, noise]);
    case 4: {
      const unlink = Buffer.alloc(48);
      unlink.writeUInt32BE(2, 0);
      unlink.writeUInt32BE(pick(8), 20);
      return Buffer.concat([request, unlink]);
    }
    default:
      return Buffer.concat([OP_REQ_DEVLIST, noise]);
  }
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

describe('a hostile USB/IP client', () => {
  it('hurts only itself: 10,000 inputs, and its neighbour never misses a reply', async () => {
    const neighbour = await imported('1-2');
    const pick = random(20_140_315);
    const attack = async (inputs: number): Promise<void> => {
      for (let sent = 0; sent < inputs;) {
        // Inputs come by the score on one connection, until the server has had enough of it.
        const client = await UsbipClient.open(service.port);
        if (pick(2) === 0) await client.import('1-1').catch(() => 1);
        for (let i = 0; i < 20; i += 1, sent += 1) client.send(hostile(pick));
        if (pick(4) === 0) client.close();
        else client.socket.end();
        await client.closed;
        neighbour.out(2 * sent, 1, GET_VERSION);
        neighbour.in(2 * sent + 1, 1, 64);
        expect((await neighbour.reply()).status).toBe(0);
        expect((await neighbour.reply()).status).toBe(0);
      }
    };
    await attack(5000);
    const before = heapBytes();
    await attack(5000);
    // What one connection may hold, and no more: nothing of 250 ended ones is kept.
    expect(heapBytes() - before).toBeLessThan(4 << 20);
    await expectFreeAgain();
  }, 60_000);

  it('is cut off at a transfer of 2 GB', async () => {
    const client = await imported('1-1');
    client.send(submit(1, 0, 2, 0x80000000));
    await client.closed;
  });

  it('is cut off when it asks for more at once than a kernel would', async () => {
    const client = await imported('1-1');
    for (let sequence = 1; sequence <= 65; sequence += 1) client.in(sequence, 1, 64);
    await client.closed;
  });
});
