import {
  ACR,
  DHCSR,
  FAULT,
  FLASH,
  FREEZE,
  NO_TARGET,
  OK,
  PROGRAM,
  PS_PER_MS,
  RAM,
  RCC_CSR,
  SYSCFG,
  launched,
  pcOf,
  powerCycled,
  programmed,
  systemReset,
  writeOptions,
} from '../testing/f0-wire.ts';
import { Wire } from '../testing/wire.ts';

describe('the identity of an STM32F0', () => {
  test.each([
    ['f030c8', 0x20006440, 64, 8],
    ['f030f4', 0x10006444, 16, 4],
    ['f042c6', 0x10006445, 32, 6],
    ['f072cb', 0x20016448, 128, 16],
    ['f091cc', 0x10006442, 256, 32],
  ])(
    'an %s says %i at 0x40015800, with %i KiB of flash and %i KiB of SRAM',
    async (spec, idcode, flash, sram) => {
      const wire = await Wire.entered(spec);
      expect(await wire.readWord(0x40015800)).toBe(idcode);
      expect((await wire.readWord(0x1ffff7cc)) & 0xffff).toBe(flash);
      const { uid } = wire.slot.chip!;
      for (const [i, word] of uid.entries()) expect(await wire.readWord(0x1ffff7ac + 4 * i)).toBe(word >>> 0);
      expect(await wire.writeWord(RAM + sram * 1024 - 4, 0x12345678)).toBe(OK);
      expect(await wire.writeWord(RAM + sram * 1024, 0)).toBe(FAULT);
    },
  );

  test('debug port, access port and core have the ids of a Cortex-M0', async () => {
    const wire = await Wire.entered('f072cb');
    const { port } = wire.slot.probe;
    expect(port.connect()).toBe(0x0bb11477);
    port.powerUp();
    expect([port.readAp(0, 0xfc), port.readAp(0, 0xf8), port.readAp(0, 0)]).toEqual([
      0x04770021, 0xe00ff003, 0x03000040,
    ]);
    expect(await wire.readWord(0xe000ed00)).toBe(0x410cc200);
  });

  test('the ROM table lists SCS, DWT and BPU, and each has its id', async () => {
    const wire = await Wire.entered('f042c6');
    const table = [];
    for (let entry = 0; entry < 4; entry += 1) table.push(await wire.readWord(0xe00ff000 + 4 * entry));
    expect(table).toEqual([0xfff0f003, 0xfff02003, 0xfff03003, 0]);
    expect((await wire.readWord(0xe00fffe0)) & 0xff).toBe(0x40);
    for (const [component, part] of [
      [0xe000e000, 0x08],
      [0xe0001000, 0x0a],
      [0xe0002000, 0x0b],
    ] as const) {
      expect(await wire.readWord(component + 0xfe0)).toBe(part);
    }
  });

  test('TAR of its access port starts again after 1 KiB, that of an F1 after 4 KiB', async () => {
    for (const [spec, after] of [
      ['f072cb', RAM],
      ['f103cb', RAM + 0x400],
    ] as const) {
      const { port } = (await Wire.entered(spec)).slot.probe;
      port.writeAp(0, 0, 0x23000012);
      port.writeAp(0, 4, RAM + 0x3fc);
      port.writeAp(0, 0xc, 1);
      expect(port.readAp(0, 4)).toBe(after);
    }
  });

  test('the F1 place of the identity code reads as zero, and there is no bit-band', async () => {
    const wire = await Wire.entered('f030c8');
    expect(await wire.readWord(0xe0042000)).toBe(0);
    expect(await wire.writeWord(0x22000000, 1)).toBe(FAULT);
  });

  test('DBGMCU keeps STOP and STANDBY and the freeze bits through a system reset', async () => {
    const wire = await Wire.entered('f030c8');
    await wire.writeWord(0x40015804, 0xffffffff);
    await wire.writeWord(FREEZE, 0x1800);
    await systemReset(wire);
    expect(await wire.readWord(0x40015804)).toBe(6);
    expect(await wire.readWord(FREEZE)).toBe(0x1800);
    await powerCycled(wire);
    expect(await wire.readWord(FREEZE)).toBe(0);
  });
});

describe('the boot memory of an STM32F0', () => {
  test.each([
    ['f030c8', 'locks up', 0xfffffffe],
    ['f072cb', 'locks up', 0xfffffffe],
    ['f042c6', 'waits in its boot ROM', 0x1fffc436],
    ['f091cc', 'waits in its boot ROM', 0x1fffd820],
  ])('a blank %s %s', async (spec, _what, pc) => {
    const wire = await Wire.entered(spec);
    wire.slot.wait(PS_PER_MS);
    expect(pcOf(wire)).toBe(pc);
  });

  test.each([
    ['f042c6', 'jumps to', FLASH + 8, FLASH + 8],
    ['f091cc', 'stays away from', 0x1fffd820, FLASH + 8],
  ])(
    'programmed while blank, the ROM of an %s %s the code until the next load',
    async (spec, _what, after, loaded) => {
      const wire = await Wire.entered(spec);
      wire.slot.chip!.flash.cells.set(PROGRAM);
      await systemReset(wire);
      wire.slot.wait(PS_PER_MS);
      expect(pcOf(wire)).toBe(after);
      await launched(wire);
      expect(pcOf(wire)).toBe(loaded);
      expect((await wire.readWord(SYSCFG)) & 3).toBe(0);
    },
  );

  test('erased after a load with code, it locks up rather than starts the ROM', async () => {
    const wire = await programmed('f091cc');
    wire.slot.chip!.flash.cells.fill(0xff);
    await systemReset(wire);
    wire.slot.wait(PS_PER_MS);
    expect(pcOf(wire)).toBe(0xfffffffe);
  });

  test('BOOT_SEL and nBOOT0 of an F09x choose the boot ROM; an F07x has no such bits', async () => {
    for (const [spec, rom] of [
      ['f091cc', true],
      ['f072cb', false],
    ] as const) {
      const wire = await programmed(spec);
      await writeOptions(wire, [0xaa, 0x77]);
      await launched(wire);
      expect((await wire.readWord(0)) === 0x20000800).toBe(rom);
    }
  });

  test('MEM_MODE shows boot ROM or SRAM at zero, and the core takes its vectors from there', async () => {
    const wire = await programmed('f072cb');
    await wire.writeWord(RAM, 0xcafe0001);
    for (const [mode, word] of [
      [0, 0x20000400],
      [1, 0x20000800],
      [3, 0xcafe0001],
    ] as const) {
      await wire.writeWord(SYSCFG, mode);
      expect(await wire.readWord(0)).toBe(word);
    }
    await wire.writeWord(4, 0x11223344);
    expect(await wire.readWord(RAM + 4)).toBe(0x11223344);
  });

  test('RAM keeps its content through a system reset and OBL_LAUNCH', async () => {
    const wire = await programmed('f030c8');
    await wire.writeWord(RAM + 0x40, 0x600dcafe);
    await systemReset(wire);
    await launched(wire);
    expect(await wire.readWord(RAM + 0x40)).toBe(0x600dcafe);
  });
});

describe('peripherals of an STM32F0', () => {
  test('48 MHz come from HSI/2 times 12, and from undivided HSI where the part has that', async () => {
    for (const [spec, cfgr, hz] of [
      ['f030c8', 0x00280000, 48],
      ['f072cb', 0x00108000, 48],
      ['f030c8', 0x00108000, 24],
    ] as const) {
      const wire = await programmed(spec);
      await wire.writeWord(ACR, 0x11);
      await wire.writeWord(0x40021004, cfgr);
      await wire.writeWord(0x40021000, 0x01000083);
      wire.slot.wait(PS_PER_MS);
      await wire.writeWord(0x40021004, cfgr | 2);
      const before = wire.slot.ledger.coreCycles;
      wire.slot.wait(PS_PER_MS);
      expect(Math.abs(wire.slot.ledger.coreCycles - before - hz * 1000)).toBeLessThan(5);
    }
  });

  test('APB1_FZ freezes the watchdog while the core is halted', async () => {
    const wire = await programmed('f030c8');
    await wire.writeWord(RCC_CSR, 1 << 24);
    await wire.writeWord(0x40003000, 0xcccc);
    await wire.writeWord(FREEZE, 1 << 12);
    await wire.writeWord(DHCSR, 0xa05f0003);
    wire.slot.wait(2000 * PS_PER_MS);
    expect((await wire.readWord(RCC_CSR)) & (1 << 29)).toBe(0);
    await wire.writeWord(FREEZE, 0);
    wire.slot.wait(500 * PS_PER_MS);
    expect((await wire.readWord(RCC_CSR)) & (1 << 29)).toBe(1 << 29);
  });

  test('a reload outside the watchdog’s window resets the chip', async () => {
    const wire = await programmed('f030c8');
    await wire.writeWord(RCC_CSR, 1 << 24);
    await wire.writeWord(0x40003000, 0xcccc);
    await wire.writeWord(0x40003000, 0x5555);
    await wire.writeWord(0x40003010, 0x7ff);
    wire.slot.wait(300 * PS_PER_MS);
    await wire.writeWord(0x40003000, 0xaaaa);
    wire.slot.wait(PS_PER_MS);
    expect((await wire.readWord(RCC_CSR)) & (1 << 29)).toBe(0);
    await wire.writeWord(0x40003000, 0xaaaa);
    wire.slot.wait(PS_PER_MS);
    expect((await wire.readWord(RCC_CSR)) & (1 << 29)).toBe(1 << 29);
  });

  test('the CRC unit turns bits around: the check value of zlib’s CRC-32', async () => {
    const { slot } = await programmed('f030c8');
    const chip = slot.chip!;
    chip.write(0x40021014, 4, 0x54, 'data');
    chip.write(0x40023008, 4, 0xe1, 'data');
    chip.write(0x40023000, 4, 0x34333231, 'data');
    chip.write(0x40023000, 4, 0x38373635, 'data');
    chip.write(0x40023000, 1, 0x39, 'data');
    expect(~chip.read(0x40023000, 4, 'data') >>> 0).toBe(0xcbf43926);
  });

  test('firmware that takes PA13 out of its alternate function ends the debug port until a reset', async () => {
    const wire = await programmed('f030c8');
    expect(await wire.readWord(0x48000000)).toBe(0x28000000);
    await wire.writeWord(0x48000000, 0x24000000);
    expect(await wire.ask('F2 30 A3', 2)).toBe(NO_TARGET);
    await wire.ask('F2 3C 00', 2);
    expect(await wire.ask('F2 30 A3', 2)).toBe('80 00');
  });

  test('a GPIO output is set and reset by its own registers, an input reads its pull', async () => {
    const wire = await programmed('f030c8');
    await wire.writeWord(0x48000400, 1 << 2);
    await wire.writeWord(0x48000418, 1 << 1);
    await wire.writeWord(0x4800040c, 2 << 4);
    expect((await wire.readWord(0x48000410)) & 0xf).toBe(0xb);
    await wire.writeWord(0x48000428, 1 << 1);
    expect((await wire.readWord(0x48000410)) & 0xf).toBe(0x9);
  });
});
