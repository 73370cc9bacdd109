import { bytesOf, le32, Wire } from '../testing/wire.ts';

const CSW = 0x00;
const TAR = 0x04;
const DRW = 0x0c;
const CTRL_STAT = 'FF FF 04 00';
const STICKYERR = 1 << 5;

async function readAp(wire: Wire, register: number): Promise<number> {
  const reply = await wire.ask(`F2 45 00 00 ${register.toString(16)} 00`, 8);
  return new DataView(bytesOf(reply).buffer).getUint32(4, true);
}

async function writeAp(wire: Wire, register: number, value: number): Promise<string> {
  return (await wire.ask(`F2 46 00 00 ${register.toString(16)} 00 ${le32(value)}`, 2)).slice(0, 2);
}

async function ctrlStat(wire: Wire): Promise<number> {
  const reply = await wire.ask(`F2 45 ${CTRL_STAT}`, 8);
  return new DataView(bytesOf(reply).buffer).getUint32(4, true);
}

describe('the debug port', () => {
  test('acknowledges the power-up that was asked for, and no other', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.ask(`F2 46 ${CTRL_STAT} 00 00 00 10`, 2);
    expect((await ctrlStat(wire)) >>> 28).toBe(0b0011);
    await wire.ask(`F2 46 ${CTRL_STAT} 00 00 00 50`, 2);
    expect((await ctrlStat(wire)) >>> 28).toBe(0b1111);
  });

  test('without power an access port answers with a fault', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.ask(`F2 46 ${CTRL_STAT} 00 00 00 00`, 2);
    expect(await wire.ask('F2 45 00 00 FC 00', 8)).toMatch(/^11/);
    expect(await wire.ask('F2 45 FF FF 00 00', 8)).toBe('80 00 00 00 77 14 A0 1B');
  });

  test('has nothing to say where no board is', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.remove();
    expect(await wire.ask('F2 45 FF FF 00 00', 8)).toMatch(/^09/);
    expect(await wire.ask('F7', 8)).toBe('D5 05 00 00 00 00 00 00');
  });

  test('keeps a sticky error until ABORT clears it', async () => {
    const { slot } = await Wire.entered('f103cb');
    const { port } = slot.probe;
    port.writeAp(0, CSW, 0x23000052);
    port.writeAp(0, TAR, 0x60000000);
    expect(() => port.readAp(0, DRW)).toThrow('fault');
    expect(port.readDp(4) & STICKYERR).toBe(STICKYERR);
    expect(() => port.readAp(0, CSW)).toThrow('sticky');
    port.writeDp(0, 0x1e);
    expect(port.readDp(4) & STICKYERR).toBe(0);
    expect(port.readAp(0, TAR)).toBe(0x60000000);
  });
});

describe('the AHB-AP', () => {
  test('shows the size and increment that were written, and that it is enabled', async () => {
    const wire = await Wire.entered('f103cb');
    for (const low of [0x10, 0x11, 0x12, 0x02]) {
      await writeAp(wire, CSW, 0x23000000 | low);
      expect(await readAp(wire, CSW)).toBe((0x23000040 | low) >>> 0);
    }
  });

  test('increments its address by the size of the access', async () => {
    const wire = await Wire.entered('f103cb');
    await writeAp(wire, TAR, 0x20000010);
    for (const [low, next] of [
      [0x12, 0x20000014],
      [0x11, 0x20000016],
      [0x10, 0x20000017],
      [0x02, 0x20000017],
    ] as const) {
      await writeAp(wire, CSW, 0x23000000 | low);
      await readAp(wire, DRW);
      expect(await readAp(wire, TAR)).toBe(next);
    }
  });

  test('wraps its address at 4 KiB', async () => {
    const wire = await Wire.entered('f103cb');
    await writeAp(wire, CSW, 0x23000012);
    await writeAp(wire, TAR, 0x20000ffc);
    await readAp(wire, DRW);
    expect(await readAp(wire, TAR)).toBe(0x20000000);
  });

  test('puts bytes and half-words on the lanes of their address', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x20000020, 0x44332211);
    await writeAp(wire, CSW, 0x23000000);
    await writeAp(wire, TAR, 0x20000023);
    expect((await readAp(wire, DRW)) >>> 24).toBe(0x44);
    await writeAp(wire, DRW, 0x99000000);
    expect(await wire.readWord(0x20000020)).toBe(0x99332211);
  });

  test('moves two half-words a transfer when packed', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x20000020, 0x44332211);
    await writeAp(wire, CSW, 0x23000021);
    await writeAp(wire, TAR, 0x20000020);
    expect(await readAp(wire, DRW)).toBe(0x44332211);
    expect(await readAp(wire, TAR)).toBe(0x20000024);
    await writeAp(wire, TAR, 0x20000020);
    await writeAp(wire, DRW, 0x88776655);
    expect(await wire.readWord(0x20000020)).toBe(0x88776655);
  });

  test('banked data registers do not move the address', async () => {
    const wire = await Wire.entered('f103cb');
    await writeAp(wire, TAR, 0x20000044);
    await writeAp(wire, 0x1c, 0xabad1dea);
    expect(await wire.readWord(0x2000004c)).toBe(0xabad1dea);
    expect(await readAp(wire, TAR)).toBe(0x20000044);
  });

  test('names the ROM table', async () => {
    const wire = await Wire.entered('f103cb');
    expect(await readAp(wire, 0xf8)).toBe(0xe00ff003);
  });
});

describe('faults of the line', () => {
  test('WAIT is answered as often as it was laid on, then never again', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.fault({ kind: 'swd-waits', count: 2 });
    await wire.ask('F2 07 00 00 00 08 04 00', 4);
    expect(await wire.status()).toBe('10');
    expect(await wire.ask('F2 36 00 ED 00 E0', 8)).toMatch(/^10/);
    expect(await wire.ask('F2 36 00 ED 00 E0', 8)).toMatch(/^80/);
  });

  test('a bad cable disturbs above its clock and not below', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.fault({ kind: 'swd-bit-errors', aboveKhz: 1000, oneIn: 50 });
    const failures = async (): Promise<number> => {
      let count = 0;
      for (let i = 0; i < 20; i += 1) {
        await wire.ask('F2 07 00 00 00 08 00 01', 256);
        if ((await wire.status()) !== '80') count += 1;
      }
      return count;
    };
    await wire.ask('F2 43 00', 2);
    expect(await failures()).toBeGreaterThan(5);
    await wire.ask('F2 43 03', 2);
    expect(await failures()).toBe(0);
  });

  test('one disturbed word in ten slips through its parity', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.ask('F2 43 00', 2);
    wire.slot.fault({ kind: 'swd-bit-errors', aboveKhz: 1000, oneIn: 500 });
    let silent = 0;
    for (let i = 0; i < 200; i += 1) {
      const data = await wire.ask('F2 07 00 00 00 08 00 01', 256);
      if ((await wire.status()) === '80' && data.includes('FF') && /[0-9A-E]/.test(data.replaceAll('FF', '')))
        silent += 1;
    }
    expect(silent).toBeGreaterThan(0);
    expect(silent).toBeLessThan(40);
  });

  test('ENTER fails as often as it was laid on', async () => {
    const wire = Wire.to('f103cb');
    wire.slot.fault({ kind: 'enter-fails', count: 1 });
    expect(await wire.ask('F2 30 A3', 2)).toBe('09 00');
    expect(await wire.ask('F2 30 A3', 2)).toBe('80 00');
  });

  test('all faults that are laid on can be taken off', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.fault({ kind: 'swd-waits', count: 99 });
    wire.slot.fault({ kind: 'silent-replies', count: 99 });
    wire.slot.fault({ kind: 'swd-pins-off' });
    wire.slot.fault({ kind: 'brown-out-after', transfers: 3 });
    wire.slot.clearFaults();
    for (let i = 0; i < 5; i += 1) expect(await wire.ask('F2 36 00 ED 00 E0', 8)).toMatch(/^80/);
  });
});
