import {
  AR,
  CR,
  DEMCR,
  DHCSR,
  EOP,
  FLASH,
  KEY1,
  KEY2,
  KEYR,
  MER,
  NO_TARGET,
  OBLRSTF,
  OBR,
  OK,
  OPTER,
  OPTIONS,
  OPTKEYR,
  OPTPG,
  OPTWRE,
  PER,
  PG,
  PGERR,
  PS_PER_MS,
  RAM,
  RCC_CSR,
  SR,
  STRT,
  WRPR,
  WRPRTERR,
  launched,
  powerCycled,
  programmed,
  settled,
  systemReset,
  unlocked,
  writeOptions,
} from '../testing/f0-wire.ts';
import { Wire } from '../testing/wire.ts';

describe('option bytes of an STM32F0', () => {
  test('as delivered OBR is 0xffffff00 and the bytes are 0x55aa', async () => {
    const wire = await Wire.entered('f030c8');
    expect(await wire.readWord(OBR)).toBe(0xffffff00);
    expect((await wire.readWord(OPTIONS)) & 0xffff).toBe(0x55aa);
  });

  test('a system reset and nRST leave the loaded values; OBL_LAUNCH loads the new ones and resets', async () => {
    const wire = await programmed('f072cb');
    await writeOptions(wire, [0xaa, 0xff, 0x34, 0x12, 0xfe]);
    await systemReset(wire);
    await wire.ask('F2 3C 02', 2);
    expect(await wire.readWord(OBR)).toBe(0xffffff00);
    expect(await wire.readWord(WRPR)).toBe(0xffffffff);
    await wire.writeWord(RCC_CSR, 1 << 24);
    await wire.readWord(DHCSR);
    await launched(wire);
    expect(await wire.readWord(OBR)).toBe(0x1234ff00);
    expect(await wire.readWord(WRPR)).toBe(0xfffffffe);
    expect((await wire.readWord(RCC_CSR)) & OBLRSTF).toBe(OBLRSTF);
    expect((await wire.readWord(DHCSR)) & (1 << 25)).toBe(1 << 25);
  });

  test('power-on loads them too', async () => {
    const wire = await programmed('f072cb');
    await writeOptions(wire, [0xaa, 0xff, 0x34, 0x12]);
    await powerCycled(wire);
    expect(await wire.readWord(OBR)).toBe(0x1234ff00);
  });

  test('OBL_LAUNCH is taken while the controller is locked; an F1 ignores the bit', async () => {
    for (const [spec, resets] of [
      ['f030c8', 1 << 25],
      ['f103c8', 0],
    ] as const) {
      const wire = await programmed(spec);
      await wire.readWord(DHCSR);
      await launched(wire);
      expect((await wire.readWord(DHCSR)) & (1 << 25)).toBe(resets);
    }
  });

  test('a half-word that is not erased gets WRPRTERR, on an F1 PGERR', async () => {
    for (const [spec, flag] of [
      ['f030c8', WRPRTERR],
      ['f103c8', PGERR],
    ] as const) {
      const wire = await unlocked(await Wire.entered(spec));
      await wire.writeWord(CR, OPTPG | OPTWRE);
      await wire.writeHalfWord(OPTIONS + 4, 0x12);
      expect(await settled(wire)).toBe(flag);
    }
  });

  test('write-protection bytes that the part does not have read as ones', async () => {
    const wire = await programmed('f030f4');
    await writeOptions(wire, [0xaa, 0xff, 0xff, 0xff, 0xfe, 0x00, 0x00, 0x00]);
    await launched(wire);
    expect(await wire.readWord(WRPR)).toBe(0xfffffffe);
  });

  test('one WRP bit covers two pages of 2 KiB', async () => {
    const wire = await programmed('f072cb');
    await writeOptions(wire, [0xaa, 0xff, 0xff, 0xff, 0xfe]);
    await launched(wire);
    await unlocked(wire);
    const flags = [];
    for (const page of [0, 0x800, 0x1000]) {
      await wire.writeWord(CR, PER);
      await wire.writeWord(AR, FLASH + page);
      await wire.writeWord(CR, PER | STRT);
      flags.push(await settled(wire));
    }
    expect(flags).toEqual([WRPRTERR, WRPRTERR, EOP]);
  });
});

describe('read protection of an STM32F0', () => {
  const protectedBoard = async (): Promise<Wire> => {
    const wire = await programmed('f072cb');
    await writeOptions(wire, [0x00, 0xff]);
    return launched(wire);
  };

  test('erased option bytes are level 1, and so is the key of an F1', async () => {
    for (const rdp of [[], [0xa5, 0xff]]) {
      const wire = await programmed('f030c8');
      await writeOptions(wire, rdp);
      await launched(wire);
      expect((await wire.readWord(OBR)) & 6).toBe(2);
    }
  });

  test('at level 1 main flash is a bus error, what is around it is readable', async () => {
    const wire = await protectedBoard();
    expect(await wire.ask('F2 36 00 00 00 08', 8)).toMatch(/^11/);
    expect((await wire.readWord(0x1ffff7cc)) & 0xffff).toBe(128);
    expect(await wire.readWord(OPTIONS)).toBe(0x00ffff00);
    expect(await wire.writeWord(RAM, 1)).toBe(OK);
  });

  test('at level 1 a debugger programs and erases nothing: PGERR', async () => {
    const wire = await protectedBoard();
    await wire.writeWord(DHCSR, 0xa05f0003);
    await unlocked(wire);
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH + 0x100, 0x1234);
    expect(await settled(wire)).toBe(PGERR);
    await wire.writeWord(CR, MER);
    await wire.writeWord(CR, MER | STRT);
    expect(await settled(wire)).toBe(PGERR);
    expect(wire.slot.chip!.flash.halfWord(8)).toBe(0xe7fe);
  });

  test('back to level 0 main flash is erased first', async () => {
    const wire = await protectedBoard();
    await writeOptions(wire, [0xaa, 0xff]);
    expect(wire.slot.chip!.flash.halfWord(8)).toBe(0xffff);
    await launched(wire);
    expect(await wire.readWord(OBR)).toBe(0xffffff00);
  });

  test('a core halted under a debugger at level 1 runs a loader in RAM', async () => {
    const wire = await protectedBoard();
    await wire.writeWord(DEMCR, 1);
    await wire.writeWord(DHCSR, 0xa05f0001);
    await systemReset(wire);
    wire.slot.wait(PS_PER_MS);
    await wire.writeWord(RAM + 0x100, 0xe7fe2007);
    const { core } = wire.slot.chip!;
    core.writeCoreRegister(15, RAM + 0x100);
    core.writeCoreRegister(16, 1 << 24);
    await wire.writeWord(DHCSR, 0xa05f0001);
    wire.slot.wait(PS_PER_MS);
    expect(core.readCoreRegister(0)).toBe(7);
  });

  test('level 2 ends the debug port for good, from the next load on', async () => {
    const wire = await programmed('f030c8');
    await writeOptions(wire, [0xcc, 0xff]);
    expect(await wire.readWord(OBR)).toBe(0xffffff00);
    wire.slot.brownOut();
    expect(await wire.ask('F2 30 A3', 2)).toBe(NO_TARGET);
    await wire.ask('F2 3C 00', 2);
    expect(await wire.ask('F2 30 A3', 2)).toBe(NO_TARGET);
    expect(wire.slot.chip!.options.obr & 6).toBe(6);
  });

  test('a board that is at level 2 is put in with +rdp2, and is not found', async () => {
    const wire = Wire.to('f072cb+rdp2');
    expect(await wire.ask('F2 30 A3', 2)).toBe(NO_TARGET);
    const atLevel1 = await Wire.entered('f072cb+rdp1');
    expect((await atLevel1.readWord(OBR)) & 6).toBe(2);
  });

  test('at level 2 option bytes can be neither erased nor written', async () => {
    const { slot } = await programmed('f030c8');
    const chip = slot.chip!;
    chip.options.cells.set([0xcc, 0x33]);
    slot.brownOut();
    for (const [register, value] of [
      ...[KEYR, OPTKEYR].flatMap((one) => [[one, KEY1] as const, [one, KEY2] as const]),
      [CR, OPTER | OPTWRE],
      [CR, OPTER | OPTWRE | STRT],
    ] as const) {
      chip.write(register, 4, value, 'data');
    }
    slot.wait(PS_PER_MS);
    expect(chip.read(SR, 4, 'data')).toBe(WRPRTERR);
    expect([...chip.options.cells.subarray(0, 2)]).toEqual([0xcc, 0x33]);
  });
});
