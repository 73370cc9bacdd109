import { le32, Wire } from '../testing/wire.ts';
import type { Ledger } from './ledger.ts';

const PS_PER_S = 1e12;
const PS_PER_MS = 1e9;

/** Reads flash as OpenOCD 0.12 does in HLA: 4 KiB a command, then the status. */
async function dump(wire: Wire, bytes: number): Promise<void> {
  for (let at = 0; at < bytes; at += 4096) {
    await wire.command(`F2 07 ${le32(0x08000000 + at)} 00 10`);
    await wire.submitIn(4096);
    await wire.ask('F2 3E', 12);
  }
}

async function ledgerOf(spec: string, session: (wire: Wire) => Promise<unknown>): Promise<Ledger> {
  const wire = await Wire.entered(spec);
  await wire.writeWord(0xe000edf0, 0xa05f0003);
  const before = wire.slot.snapshot();
  await session(wire);
  const after = wire.slot.snapshot();
  const spent = { ...after };
  for (const part of Object.keys(after) as (keyof Ledger)[]) spent[part] = after[part] - before[part];
  return spent;
}

const at950kHz = (session: (wire: Wire) => Promise<unknown>) => async (wire: Wire) => {
  await wire.ask('F2 43 03', 2);
  await session(wire);
};

test('a dump of 131072 bytes at 950 kHz takes what was measured on hardware, within 2 %', async () => {
  const { nowPs } = await ledgerOf(
    'f103cb',
    at950kHz((wire) => dump(wire, 131072)),
  );
  expect(Math.abs(nowPs / PS_PER_S / 2.825877 - 1)).toBeLessThan(0.02);
});

test('the clock of the line does not lift a V2 over its own loop: 81 KiB/s at most', async () => {
  const { nowPs } = await ledgerOf('f103cb', async (wire) => {
    await wire.ask('F2 43 00', 2);
    await dump(wire, 65536);
  });
  expect(64 / (nowPs / PS_PER_S)).toBeGreaterThan(75);
  expect(64 / (nowPs / PS_PER_S)).toBeLessThan(82);
});

test('a V3 at 24 MHz reads more than ten times as fast', async () => {
  const { nowPs } = await ledgerOf('f103cb+probe=v3j10', async (wire) => {
    await wire.ask('F2 61 00 00 C0 5D 00 00', 8);
    await dump(wire, 65536);
  });
  expect(64 / (nowPs / PS_PER_S)).toBeGreaterThan(820);
});

test('every transaction stands in the ledger', async () => {
  const ledger = await ledgerOf('f103cb', (wire) => wire.ask('F2 36 00 ED 00 E0', 8));
  expect(ledger).toMatchObject({
    usbTransfersOut: 1,
    usbBytesOut: 16,
    usbTransfersIn: 1,
    usbBytesIn: 8,
    usbPs: 224e6,
    probeCommands: 1,
    probePs: 50e6,
    swdTransfers: 4,
    hostWaitPs: 0,
    flashBusyPs: 0,
  });
  // Four transfers of 46 clocks at 1800 kHz and the gap of one word read.
  expect(ledger.swdPs).toBe(4 * 25_555_556 + 33_500_000);
  expect(ledger.nowPs).toBe(ledger.usbPs + ledger.probePs + ledger.swdPs);
});

test('one transaction more shows in the ledger', async () => {
  const session = (reads: number) => async (wire: Wire) => {
    for (let i = 0; i < reads; i += 1) await wire.readWord(0x20000000);
  };
  const [three, four] = [await ledgerOf('f103cb', session(3)), await ledgerOf('f103cb', session(4))];
  expect(four.nowPs).toBeGreaterThan(three.nowPs);
  expect(four.swdTransfers - three.swdTransfers).toBe(4);
});

test('the same session gives the same ledger, to the picosecond', async () => {
  const session = async (wire: Wire): Promise<void> => {
    await dump(wire, 8192);
    await wire.writeWord(0x40022004, 0x45670123);
    await wire.writeWord(0x40022004, 0xcdef89ab);
    await wire.writeWord(0x40022010, 1);
    for (let i = 0; i < 8; i += 1) await wire.writeHalfWord(0x08000000 + i * 2, i);
    await wire.writeWord(0xe000ed0c, 0x05fa0004);
    wire.slot.wait(10 * PS_PER_MS);
  };
  expect(await ledgerOf('f103cb', session)).toEqual(await ledgerOf('f103cb', session));
});

test('the core runs while bytes move: its time is not added to theirs', async () => {
  const wire = await Wire.entered('f103cb');
  wire.slot.chip!.flash.cells.set([0, 0x50, 0, 0x20, 0x09, 0, 0, 0x08, 0xfe, 0xe7]);
  await wire.writeWord(0xe000ed0c, 0x05fa0004);
  const before = wire.slot.snapshot();
  for (let i = 0; i < 20; i += 1) await wire.readWord(0x20000000);
  const after = wire.slot.snapshot();
  const cycles = ((after.nowPs - before.nowPs) / PS_PER_S) * 8e6;
  expect(Math.abs(after.coreCycles - before.coreCycles - cycles)).toBeLessThan(5);
});
