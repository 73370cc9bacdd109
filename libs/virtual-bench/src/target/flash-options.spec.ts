import {
  CR,
  EOP,
  FLASH,
  KEY1,
  KEY2,
  KEYR,
  MER,
  OBR,
  OPTER,
  OPTIONS,
  OPTKEYR,
  OPTPG,
  OPTWRE,
  PER,
  PG,
  PGERR,
  PS_PER_MS,
  SR,
  WRPR,
  WRPRTERR,
  optionsUnlocked,
  settled,
  start,
  systemReset,
  unlocked,
  writeOptions,
} from '../testing/flash-wire.ts';
import { Wire } from '../testing/wire.ts';

describe('option bytes', () => {
  test('the factory values read as an open chip', async () => {
    const wire = await Wire.entered('f103c8');
    expect(await wire.readWord(OBR)).toBe(0x03fffffc);
    expect(await wire.readWord(WRPR)).toBe(0xffffffff);
    expect(await wire.readWord(OPTIONS)).toBe(0x00ff5aa5);
  });

  test('they open to the second pair of keys only, and close when OPTWRE is not written along', async () => {
    const wire = await unlocked();
    await wire.writeWord(CR, OPTPG | OPTWRE);
    expect((await wire.readWord(CR)) & OPTWRE).toBe(0);
    await wire.writeWord(OPTKEYR, KEY1);
    await wire.writeWord(OPTKEYR, KEY2);
    expect((await wire.readWord(CR)) & OPTWRE).toBe(OPTWRE);
    await wire.writeWord(CR, OPTPG);
    expect((await wire.readWord(CR)) & OPTWRE).toBe(0);
  });

  test('the hardware stores the complement itself, whatever the high byte was', async () => {
    const wire = await optionsUnlocked();
    await writeOptions(wire, [0x00a5, 0x1200, 0x00ff]);
    expect(await wire.readWord(OPTIONS)).toBe(0xff005aa5);
  });

  test('write protection acts after the next reset, and then refuses', async () => {
    const wire = await optionsUnlocked();
    await writeOptions(wire, [0xa5, 0xff, 0xff, 0xff, 0xfe, 0xff, 0xff, 0xff]);
    expect(await wire.readWord(WRPR)).toBe(0xffffffff);
    await systemReset(wire);
    expect(await wire.readWord(WRPR)).toBe(0xfffffffe);
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    await start(wire, PER, FLASH + 0xc00);
    expect(await settled(wire)).toBe(WRPRTERR);
    await wire.writeWord(SR, 0x34);
    await start(wire, PER, FLASH + 0x1000);
    expect(await settled(wire)).toBe(EOP);
    await wire.writeWord(SR, 0x34);
    await start(wire, MER);
    expect(await settled(wire)).toBe(WRPRTERR);
    await wire.writeWord(SR, 0x34);
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH, 0);
    expect(await settled(wire)).toBe(WRPRTERR);
  });

  test('erased option bytes mean protected at the next reset', async () => {
    const wire = await optionsUnlocked();
    await start(wire, OPTER | OPTWRE);
    await settled(wire);
    expect((await wire.readWord(OBR)) & 2).toBe(0);
    await systemReset(wire);
    expect((await wire.readWord(OBR)) & 3).toBe(2);
    expect(await wire.ask('F2 36 00 00 00 08', 8)).toMatch(/^11/);
  });

  test('a byte whose complement does not match is an error and counts as erased', async () => {
    const wire = await Wire.entered('f103c8');
    wire.slot.chip!.options.cells[2] = 0x00;
    wire.slot.chip!.options.cells[3] = 0x0f;
    await systemReset(wire);
    expect((await wire.readWord(OBR)) & 0x3fd).toBe(0x3fd);
  });

  test('a programmed option half-word is not programmed again', async () => {
    const wire = await optionsUnlocked();
    await wire.writeWord(CR, OPTPG | OPTWRE);
    await wire.writeHalfWord(OPTIONS, 0x00);
    expect(await settled(wire)).toBe(PGERR);
  });
});

describe('read protection', () => {
  test('flash cannot be read, everything else can, and the size reads as zero', async () => {
    const wire = await Wire.entered('f103c8+rdp1');
    expect(await wire.ask('F2 36 00 00 00 08', 8)).toMatch(/^11/);
    expect((await wire.readWord(OBR)) & 2).toBe(2);
    expect((await wire.readWord(0x1ffff7e0)) & 0xffff).toBe(0);
    expect(await wire.ask('F2 36 00 00 00 20', 8)).toMatch(/^80/);
  });

  test('the core still runs from its flash', async () => {
    const wire = await Wire.entered('f103c8+rdp1');
    wire.slot.chip!.flash.cells.set([0, 0x50, 0, 0x20, 0x09, 0, 0, 0x08, 0x05, 0x20, 0xfe, 0xe7]);
    await systemReset(wire);
    wire.slot.wait(PS_PER_MS);
    await wire.writeWord(0xe000edf0, 0xa05f0003);
    expect(await wire.ask('F2 33 00', 8)).toBe('80 00 00 00 05 00 00 00');
  });

  test('a debugger may not erase', async () => {
    const wire = await unlocked('f103c8+rdp1');
    await start(wire, MER);
    expect(await settled(wire)).toBe(WRPRTERR);
  });

  test('lifting it erases the flash first', async () => {
    const wire = await optionsUnlocked('f103c8+rdp1');
    wire.slot.chip!.flash.cells.fill(0x42);
    await writeOptions(wire, [0xa5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    expect(wire.slot.chip!.flash.cells.every((byte) => byte === 0xff)).toBe(true);
    await systemReset(wire);
    expect(await wire.readWord(FLASH)).toBe(0xffffffff);
  });
});
