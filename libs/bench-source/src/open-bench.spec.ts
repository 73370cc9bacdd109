import type { UsbBus } from '@boardwalk/probe';
import { createVirtualBench } from '@boardwalk/virtual-bench';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBench, type OpenedBench } from './open-bench.ts';

const dataDirectory = mkdtempSync(join(tmpdir(), 'boardwalk-bench-'));
let opened: OpenedBench[] = [];
afterEach(async () => {
  for (const { bus } of opened) await bus.close();
  opened = [];
});
afterAll(() => rmSync(dataDirectory, { recursive: true }));

/** A USB host with so many ST-LINKs, and how often its bus was closed. */
async function usbWith(probes: number): Promise<{ open: () => Promise<UsbBus>; closed: () => number }> {
  const { bus, slots } = await createVirtualBench({ boards: ['f103c8', 'f103c8'], threads: 'inline' });
  for (const slot of slots.slice(probes)) await slot.unplugProbe();
  let closed = 0;
  const close = async (): Promise<void> => {
    closed += 1;
    await bus.close();
  };
  const host: UsbBus = {
    devices: () => bus.devices(),
    onChange: (listener) => bus.onChange(listener),
    close,
  };
  return { open: async () => host, closed: () => closed };
}

async function open(bench: 'auto' | 'usb' | 'virtual', usb: () => Promise<UsbBus>): Promise<OpenedBench> {
  const found = await openBench({ bench, boards: ['f103cb'], dataDirectory }, usb);
  opened.push(found);
  return found;
}

test.each([
  ['auto', 2, 'usb', 2],
  ['auto', 0, 'virtual', 1],
  ['usb', 2, 'usb', 2],
  ['usb', 0, 'usb', 0],
  ['virtual', 2, 'virtual', 1],
] as const)('%s with %i ST-LINKs on USB is a %s bench', async (asked, probes, kind, devices) => {
  const usb = await usbWith(probes);
  const bench = await open(asked, usb.open);
  expect([bench.kind, (await bench.bus.devices()).length]).toEqual([kind, devices]);
  expect(bench.virtual === null).toBe(kind === 'usb');
});

test('a USB bus that has no ST-LINK is closed before a virtual bench is opened', async () => {
  const usb = await usbWith(0);
  await open('auto', usb.open);
  expect(usb.closed()).toBe(1);
});

test('a virtual bench never asks the host for its USB', async () => {
  const refused = async (): Promise<UsbBus> => Promise.reject(new Error('USB was opened'));
  expect((await open('virtual', refused)).kind).toBe('virtual');
});

test('a USB bus that cannot be asked is closed, and says why', async () => {
  const usb = await usbWith(1);
  const broken = async (): Promise<UsbBus> => ({
    ...(await usb.open()),
    devices: async () => Promise.reject(new Error('no permission')),
  });
  await expect(open('auto', broken)).rejects.toThrow('no permission');
  expect(usb.closed()).toBe(1);
});

test('a board spec that nobody knows is refused with what to write instead', async () => {
  const wish = { bench: 'virtual', boards: ['f999'], dataDirectory } as const;
  await expect(openBench(wish)).rejects.toMatchObject({ name: 'VirtualBenchError' });
});

test('this machine’s own USB can be opened', async () => {
  const bench = await openBench({ bench: 'usb', boards: [], dataDirectory });
  opened.push(bench);
  expect(bench).toMatchObject({ kind: 'usb', virtual: null });
});
