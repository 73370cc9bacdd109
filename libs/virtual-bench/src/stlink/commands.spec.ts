import { hexOf, Wire } from '../testing/wire.ts';

/** Command, its reply length, and the first V2 and V3 models that know it. */
const AVAILABILITY: readonly [string, string, number, readonly string[], readonly string[]][] = [
  ['SWD_SET_FREQ', 'F2 43 03', 2, ['v2j24', 'v2j37', 'v21'], ['v2j17', 'v3j10']],
  ['JTAG_SET_FREQ', 'F2 44 40', 2, ['v2j24', 'v2j37'], ['v2j17', 'v3j10']],
  ['READ_DAP_REG', 'F2 45 FF FF 00 00', 8, ['v2j24', 'v2j37', 'v3j10'], ['v2j17']],
  ['INIT_AP', 'F2 4B 00', 2, ['v2j28', 'v2j37', 'v3j10'], ['v2j17', 'v2j24']],
  ['BOARD_IDENTIFIERS', 'F2 56', 128, ['v2j37', 'v3j10'], ['v2j17', 'v2j32', 'v3j2']],
  ['SET_COM_FREQ', 'F2 61 00 00 E8 03 00 00', 8, ['v3j2', 'v3j10'], ['v2j37']],
  ['GET_VERSION_EX', 'FB', 12, ['v3j10'], ['v2j37']],
];
const CASES = AVAILABILITY.flatMap(([name, command, bytes, known, unknown]) => [
  ...known.map((probe) => [name, probe, 'knows', command, bytes] as const),
  ...unknown.map((probe) => [name, probe, 'does not know', command, 2] as const),
]);

test.each(CASES)('%s: a %s %s it', async (_name, probe, knows, command, bytes) => {
  const wire = Wire.to(`f103cb+probe=${probe}`);
  await wire.ask('F2 30 A3', 2);
  const reply = await wire.ask(command, bytes);
  expect(reply.split(' ').length).toBe(bytes);
  expect(reply.startsWith('42 00')).toBe(knows === 'does not know');
});

test('an old probe that knows no 3E still tells the last status by 3B', async () => {
  const wire = Wire.to('f103cb+probe=v2j17');
  await wire.ask('F2 30 A3', 2);
  await wire.ask('F2 07 00 00 00 60 04 00', 4);
  expect(await wire.ask('F2 3B', 2)).toBe('11 00');
  await wire.ask('F2 07 00 00 00 08 04 00', 4);
  expect(await wire.ask('F2 3B', 2)).toBe('80 00');
});

describe('modes', () => {
  test('a refused ENTER leaves the mode as it was', async () => {
    const wire = Wire.to('f103cb+empty');
    expect(await wire.ask('F2 30 A3', 2)).toBe('09 00');
    expect(await wire.ask('F5', 2)).toBe('01 00');
  });

  test('a probe that another program left in DFU or SWIM leaves it by that mode’s own exit', async () => {
    const wire = Wire.to('f103cb');
    wire.slot.probe.mode = 'dfu';
    await wire.command('F2 21');
    expect(await wire.ask('F5', 2)).toBe('00 00');
    await wire.command('F3 07');
    expect(await wire.ask('F5', 2)).toBe('01 00');
    await wire.command('F4 00');
    expect(await wire.ask('F5', 2)).toBe('03 00');
    await wire.command('F4 01');
    expect(await wire.ask('F5', 2)).toBe('01 00');
  });

  test('a V3 hangs when it is told to leave a debug mode that it is not in, until it is reset', async () => {
    const wire = Wire.to('f103cb+probe=v3j10');
    await wire.command('F2 21');
    await wire.command('F5');
    void wire.submitIn(2, 90);
    expect(wire.slot.usb.isParked(90)).toBe(true);
    await wire.slot.usb.reset();
    expect(await wire.ask('F5', 2)).toBe('01 00');
  });

  test('leaving debug mode closes the access ports', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 21');
    expect(wire.slot.probe.openAps.size).toBe(0);
    expect(await wire.ask('F2 4B 00', 2)).toBe('1D 00');
  });
});

describe('memory commands', () => {
  test('a V2 keeps 64 bytes of a byte write and loses the rest', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.chip!.sram.fill(0);
    await wire.tell('F2 0D 00 00 00 20 60 00', new Uint8Array(0x60).fill(0xee));
    expect(wire.slot.chip!.sram[63]).toBe(0xee);
    expect(wire.slot.chip!.sram[64]).toBe(0);
  });

  test('a V3J10 takes 512 bytes of a byte write', async () => {
    const wire = await Wire.entered('f103cb+probe=v3j10');
    await wire.tell('F2 0D 00 00 00 20 00 02', new Uint8Array(512).fill(0xee));
    expect(wire.slot.chip!.sram[511]).toBe(0xee);
  });

  test('a read may cross a 4 KiB border', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.chip!.flash.cells.forEach((_cell, i, cells) => (cells[i] = i * 7));
    await wire.command('F2 07 00 08 00 08 00 18');
    expect(hexOf((await wire.submitIn(6144)).data)).toBe(
      hexOf(wire.slot.chip!.flash.cells.subarray(0x800, 0x2000)),
    );
  });

  test('a read comes back whole even when its access faults', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 07 00 00 00 60 40 00');
    expect((await wire.submitIn(64)).data.length).toBe(64);
    expect(await wire.status()).toBe('11');
  });

  test('a write without increment goes to one address', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.chip!.sram.fill(0);
    await wire.tell('F2 50 10 00 00 20 08 00', '01 00 00 00 02 00 00 00');
    expect(hexOf(wire.slot.chip!.sram.subarray(16, 24))).toBe('02 00 00 00 00 00 00 00');
  });

  test('an access of no bytes has no data phase', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.command('F2 08 00 00 00 20 00 00');
    await wire.command('F2 07 00 00 00 20 00 00');
    expect(await wire.ask('F5', 2)).toBe('02 00');
  });

  test('more debug operations than the buffer holds are refused', async () => {
    const wire = await Wire.entered('f103cb');
    expect(await wire.ask('F2 51 41 00 00 00', 2)).toBe('42 00');
  });
});

describe('the target through the probe', () => {
  test('registers of a halted core are written and read', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0xe000edf0, 0xa05f0003);
    expect(await wire.ask('F2 34 04 78 56 34 12', 2)).toBe('80 00');
    expect(await wire.ask('F2 33 04', 8)).toBe('80 00 00 00 78 56 34 12');
  });

  test('the debug port answers while nRST is low, and the core halts on its first instruction', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.chip!.flash.cells.set([0, 0x50, 0, 0x20, 0x09, 0, 0, 0x08, 0xfe, 0xe7]);
    await wire.ask('F2 3C 00', 2);
    expect(await wire.readWord(0xe000ed00)).toBe(0x411fc231);
    await wire.writeWord(0xe000edf0, 0xa05f0001);
    await wire.writeWord(0xe000edfc, 0x01000001);
    await wire.ask('F2 3C 01', 2);
    wire.slot.wait(1e9);
    expect((await wire.readWord(0xe000edf0)) & 0x02020000).toBe(0x02020000);
    expect((await wire.readWord(0xe000edf0)) & 0x02000000).toBe(0);
    expect(await wire.ask('F2 33 0F', 8)).toBe('80 00 00 00 08 00 00 08');
  });

  test('on a board without nRST driving it shows nothing', async () => {
    const wire = Wire.to('f103cb+nonrst');
    await wire.ask('F2 30 A3', 2);
    await wire.readWord(0xe000edf0);
    await wire.ask('F2 3C 00', 2);
    await wire.ask('F2 3C 01', 2);
    expect((await wire.readWord(0xe000edf0)) & 0x02000000).toBe(0);
  });
});
