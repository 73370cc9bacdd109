import { Wire } from '../testing/wire.ts';

const DHCSR = 0xe000edf0;
const DEMCR = 0xe000edfc;
const AIRCR = 0xe000ed0c;
const DBGMCU_CR = 0xe0042004;
const RCC_CR = 0x40021000;
const RCC_CFGR = 0x40021004;
const RCC_AHBENR = 0x40021014;
const RCC_CSR = 0x40021024;
const FLASH_ACR = 0x40022000;
const IWDG_KR = 0x40003000;
const PS_PER_MS = 1e9;
const S_RESET_ST = 1 << 25;
const S_HALT = 1 << 17;

/** A board whose firmware is `b .`, running. */
async function running(spec = 'f103cb'): Promise<Wire> {
  const wire = await Wire.entered(spec);
  wire.slot.chip!.flash.cells.set([0, 0x50, 0, 0x20, 0x09, 0, 0, 0x08, 0xfe, 0xe7]);
  await wire.writeWord(AIRCR, 0x05fa0004);
  wire.slot.wait(PS_PER_MS);
  return wire;
}

async function to64MHz(wire: Wire): Promise<void> {
  await wire.writeWord(FLASH_ACR, 0x12);
  await wire.writeWord(RCC_CFGR, 0x00380400);
  await wire.writeWord(RCC_CR, 0x01000083);
  wire.slot.wait(PS_PER_MS);
  await wire.writeWord(RCC_CFGR, 0x00380402);
}

describe('the memory map', () => {
  test.each([
    ['f103c8', 20],
    ['f103c6', 10],
    ['f103rc', 48],
    ['f103re', 64],
    ['f103rg', 96],
    ['f105rc', 64],
    ['mh2103', 32],
  ])('the SRAM of an %s ends after %i KiB', async (spec, kib) => {
    const wire = await Wire.entered(spec);
    expect((await wire.writeWord(0x20000000 + kib * 1024 - 4, 0x12345678)).slice(0, 2)).toBe('80');
    expect(await wire.readWord(0x20000000 + kib * 1024 - 4)).toBe(0x12345678);
    expect(await wire.writeWord(0x20000000 + kib * 1024, 0)).toBe('11');
  });

  test('flash is also seen at zero', async () => {
    const wire = await running();
    expect(await wire.readWord(0x00000004)).toBe(0x08000009);
  });

  test('SRAM bits have words of their own, for the debugger too', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x20000000, 0);
    await wire.writeWord(0x22000000 + 4 * 5, 1);
    expect(await wire.readWord(0x20000000)).toBe(1 << 5);
    expect(await wire.readWord(0x22000000 + 4 * 5)).toBe(1);
  });

  test('where nothing is, an access is a bus error', async () => {
    const wire = await Wire.entered('f103cb');
    for (const address of [0x07fffffc, 0x10000000, 0x40030000, 0x50000000, 0x60000000, 0xa0000000]) {
      expect(await wire.writeWord(address, 0)).toBe('11');
    }
  });

  test('RAM comes up with noise, and keeps what it held through a reset', async () => {
    const wire = await Wire.entered('f103cb');
    expect(new Set(wire.slot.chip!.sram.subarray(0, 256)).size).toBeGreaterThan(100);
    await wire.writeWord(0x20000100, 0xcafe0001);
    await wire.writeWord(AIRCR, 0x05fa0004);
    expect(await wire.readWord(0x20000100)).toBe(0xcafe0001);
    wire.slot.brownOut();
    await wire.ask('F2 30 A3', 2);
    expect(await wire.readWord(0x20000100)).not.toBe(0xcafe0001);
  });

  test('a bad RAM bit reads as zero whatever is written', async () => {
    const wire = await Wire.entered('f103cb');
    wire.slot.fault({ kind: 'ram-bit', address: 0x20000101, bit: 7 });
    await wire.writeWord(0x20000100, 0xffffffff);
    expect(await wire.readWord(0x20000100)).toBe(0xffff7fff);
  });

  test('the CRC unit counts with its clock on: check value of CRC-32/MPEG-2', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x40023000, 0x31323334);
    expect(await wire.readWord(0x40023000)).toBe(0xffffffff);
    await wire.writeWord(RCC_AHBENR, 0x54);
    await wire.writeWord(0x40023008, 1);
    await wire.writeWord(0x40023000, 0x31323334);
    await wire.writeWord(0x40023000, 0x35363738);
    // CRC-32/MPEG-2 of "12345678", from the polynomial by hand of another program.
    expect(await wire.readWord(0x40023000)).toBe(crcMpeg2('12345678'));
    expect(crcMpeg2('123456789')).toBe(0x0376e6e7);
  });

  test('a GPIO output is set and reset by its own registers', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x40011004, 0x44344444);
    await wire.writeWord(0x40011010, 1 << 13);
    expect((await wire.readWord(0x40011008)) & (1 << 13)).toBe(1 << 13);
    await wire.writeWord(0x40011014, 1 << 13);
    expect((await wire.readWord(0x40011008)) & (1 << 13)).toBe(0);
  });

  test('a GPIO input reads the way its pin is pulled; an analog one zero; a floating one high', async () => {
    const wire = await Wire.entered('f103cb');
    expect(await wire.readWord(0x40011804)).toBe(0x44444444);
    expect(await wire.readWord(0x40011808)).toBe(0xffff);
    await wire.writeWord(0x40010c04, 0x44440488);
    await wire.writeWord(0x40010c10, 1 << 8);
    expect((await wire.readWord(0x40010c08)) >>> 8).toBe(0xf5);
    await wire.writeWord(0x40010c10, 1 << (9 + 16));
    expect((await wire.readWord(0x40010c08)) >>> 8).toBe(0xf5);
    await wire.writeWord(0x40010c10, 1 << 9);
    expect((await wire.readWord(0x40010c08)) >>> 8).toBe(0xf7);
  });
});

describe('the identity of the part', () => {
  test('no two boards of one profile share a unique id', async () => {
    const ids = [1, 2, 3].map((seed) => Wire.to('f103cb', seed).slot.chip!.uid.join());
    expect(new Set(ids).size).toBe(3);
  });

  test('the unique id stands where the manual says', async () => {
    const wire = await Wire.entered('f103cb+uid=066cff485349755087114331');
    expect(await wire.readWord(0x1ffff7e8)).toBe(0x066cff48);
    expect(await wire.readWord(0x1ffff7ec)).toBe(0x53497550);
    expect(await wire.readWord(0x1ffff7f0)).toBe(0x87114331);
  });

  test('at a high clock without wait states the signature reads as ones until the next reset', async () => {
    const wire = await running();
    await wire.writeWord(RCC_CFGR, 0x00380400);
    await wire.writeWord(RCC_CR, 0x01000083);
    wire.slot.wait(PS_PER_MS);
    await wire.writeWord(RCC_CFGR, 0x00380402);
    expect(await wire.readWord(0x1ffff7e0)).toBe(0xffffffff);
    await wire.writeWord(AIRCR, 0x05fa0004);
    expect(await wire.readWord(0x1ffff7e0)).toBe(0xffff0080);
  });
});

describe('clocks', () => {
  test('the core starts at 8 MHz and runs at 64 MHz from the PLL', async () => {
    const wire = await running();
    const cyclesInAMs = (): number => {
      const before = wire.slot.ledger.coreCycles;
      wire.slot.wait(PS_PER_MS);
      return wire.slot.ledger.coreCycles - before;
    };
    expect(Math.abs(cyclesInAMs() - 8000)).toBeLessThan(5);
    await to64MHz(wire);
    expect((await wire.readWord(RCC_CFGR)) & 0xc).toBe(8);
    expect(Math.abs(cyclesInAMs() - 64_000)).toBeLessThan(5);
  });

  test('the PLL takes its time to lock, and the system waits for it', async () => {
    const { slot } = await Wire.entered('f103cb');
    const chip = slot.chip!;
    chip.write(RCC_CFGR, 4, 0x00380402, 'debug');
    chip.write(RCC_CR, 4, 0x01000083, 'debug');
    expect(chip.read(RCC_CR, 4, 'debug') >>> 25).toBe(0);
    expect(chip.read(RCC_CFGR, 4, 'debug') & 0xc).toBe(0);
    slot.wait(PS_PER_MS);
    expect(chip.read(RCC_CR, 4, 'debug') >>> 25).toBe(1);
    expect(chip.read(RCC_CFGR, 4, 'debug') & 0xc).toBe(8);
  });

  test('a clock that drives the system cannot be switched off', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(RCC_CR, 0);
    expect((await wire.readWord(RCC_CR)) & 3).toBe(3);
  });
});

describe('resets', () => {
  test.each([
    ['power-on', async () => undefined, 0x0c000000],
    ['AIRCR', async (wire: Wire) => wire.writeWord(AIRCR, 0x05fa0004), 0x14000000],
    ['nRST', async (wire: Wire) => wire.ask('F2 3C 02', 2), 0x04000000],
  ])('%s leaves its flag', async (name, reset, flags) => {
    const wire = await Wire.entered('f103cb');
    if (name !== 'power-on') await wire.writeWord(RCC_CSR, 1 << 24);
    await reset(wire);
    expect(((await wire.readWord(RCC_CSR)) & 0xfc000000) >>> 0).toBe(flags);
  });

  test('a reset shows once in DHCSR, and leaves the debug registers', async () => {
    const wire = await running();
    await wire.writeWord(DHCSR, 0xa05f0001);
    await wire.writeWord(DEMCR, 0x01000000);
    await wire.writeWord(DBGMCU_CR, 0x307);
    await wire.readWord(DHCSR);
    await wire.ask('F2 3C 02', 2);
    expect((await wire.readWord(DHCSR)) & (S_RESET_ST | 1)).toBe(S_RESET_ST | 1);
    expect((await wire.readWord(DHCSR)) & S_RESET_ST).toBe(0);
    expect(await wire.readWord(DEMCR)).toBe(0x01000000);
    expect(await wire.readWord(DBGMCU_CR)).toBe(0x307);
  });

  test('losing the supply clears the debug registers and the debug port', async () => {
    const wire = await running();
    await wire.writeWord(DBGMCU_CR, 0x307);
    wire.slot.fault({ kind: 'brown-out' });
    expect(await wire.ask('F2 36 00 ED 00 E0', 8)).not.toMatch(/^80/);
    await wire.ask('F2 30 A3', 2);
    expect(await wire.readWord(DBGMCU_CR)).toBe(0);
  });

  test('the supply can fail at the n-th transfer', async () => {
    const wire = await running();
    wire.slot.fault({ kind: 'brown-out-after', transfers: 2 });
    expect(await wire.ask('F2 36 00 ED 00 E0', 8)).toMatch(/^80/);
    expect(await wire.ask('F2 36 00 ED 00 E0', 8)).not.toMatch(/^80/);
  });

  test('while the button is held the core stands and does not halt', async () => {
    const wire = await running();
    wire.slot.holdReset(true);
    await wire.writeWord(DHCSR, 0xa05f0003);
    wire.slot.wait(PS_PER_MS);
    expect((await wire.readWord(DHCSR)) & S_HALT).toBe(0);
    wire.slot.holdReset(false);
    wire.slot.wait(PS_PER_MS);
    await wire.writeWord(DHCSR, 0xa05f0003);
    expect((await wire.readWord(DHCSR)) & S_HALT).toBe(S_HALT);
  });

  test('firmware that takes the SWD pins is reached under reset, and halted before it takes them', async () => {
    const wire = await running();
    wire.slot.fault({ kind: 'swd-pins-off' });
    wire.slot.wait(PS_PER_MS);
    expect(await wire.ask('F2 30 A3', 2)).toBe('09 00');
    await wire.ask('F2 3C 00', 2);
    expect(await wire.ask('F2 30 A3', 2)).toBe('80 00');
    await wire.writeWord(DHCSR, 0xa05f0001);
    await wire.writeWord(DEMCR, 0x01000001);
    await wire.ask('F2 3C 01', 2);
    wire.slot.wait(PS_PER_MS);
    expect((await wire.readWord(DHCSR)) & S_HALT).toBe(S_HALT);
  });

  test('firmware that writes AFIO_MAPR really takes the pins', async () => {
    const wire = await Wire.entered('f103cb');
    await wire.writeWord(0x40010004, 0x04000000);
    expect(await wire.ask('F2 30 A3', 2)).toBe('09 00');
  });
});

describe('the independent watchdog', () => {
  async function started(): Promise<Wire> {
    const wire = await running();
    await wire.writeWord(RCC_CSR, 1 << 24);
    await wire.writeWord(IWDG_KR, 0xcccc);
    return wire;
  }
  const bites = async (wire: Wire): Promise<boolean> => ((await wire.readWord(RCC_CSR)) & (1 << 29)) !== 0;

  test('once started it resets the chip after 0.41 s', async () => {
    const wire = await started();
    wire.slot.wait(400 * PS_PER_MS);
    expect(await bites(wire)).toBe(false);
    wire.slot.wait(20 * PS_PER_MS);
    expect(await bites(wire)).toBe(true);
  });

  test('reloaded in time it stays quiet', async () => {
    const wire = await started();
    for (let i = 0; i < 4; i += 1) {
      wire.slot.wait(300 * PS_PER_MS);
      await wire.writeWord(IWDG_KR, 0xaaaa);
    }
    expect(await bites(wire)).toBe(false);
  });

  test('DBGMCU freezes it while the core is halted, and only then', async () => {
    const wire = await started();
    await wire.writeWord(DBGMCU_CR, 0x100);
    await wire.writeWord(DHCSR, 0xa05f0003);
    wire.slot.wait(2000 * PS_PER_MS);
    expect(await bites(wire)).toBe(false);
    await wire.writeWord(DHCSR, 0xa05f0001);
    wire.slot.wait(500 * PS_PER_MS);
    expect(await bites(wire)).toBe(true);
  });

  test('halted without that bit the chip is reset under the debugger', async () => {
    const wire = await started();
    await wire.writeWord(DHCSR, 0xa05f0003);
    wire.slot.wait(500 * PS_PER_MS);
    expect(await bites(wire)).toBe(true);
  });

  test('started by the option byte it runs from reset on, and stands while nRST is held', async () => {
    const wire = await running();
    wire.slot.chip!.options.cells.set([0xfe, 0x01], 2);
    await wire.writeWord(AIRCR, 0x05fa0004);
    await wire.writeWord(RCC_CSR, 1 << 24);
    wire.slot.wait(450 * PS_PER_MS);
    expect(await bites(wire)).toBe(true);
    wire.slot.holdReset(true);
    wire.slot.wait(2000 * PS_PER_MS);
    wire.slot.holdReset(false);
    await wire.writeWord(RCC_CSR, 1 << 24);
    wire.slot.wait(300 * PS_PER_MS);
    expect(await bites(wire)).toBe(false);
  });
});

/** A second opinion on the CRC unit, bit by bit over bytes. */
function crcMpeg2(text: string): number {
  let crc = 0xffffffff;
  for (const character of text) {
    crc ^= character.charCodeAt(0) << 24;
    for (let i = 0; i < 8; i += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  }
  return crc >>> 0;
}
