import { Wire } from '../testing/wire.ts';

const KEYR = 0x40022004;
const OPTKEYR = 0x40022008;
const SR = 0x4002200c;
const CR = 0x40022010;
const AR = 0x40022014;
const OBR = 0x4002201c;
const WRPR = 0x40022020;
const KEY1 = 0x45670123;
const KEY2 = 0xcdef89ab;
const FLASH = 0x08000000;
const OPTIONS = 0x1ffff800;
const AIRCR = 0xe000ed0c;
const [PG, PER, MER, OPTPG, OPTER, STRT, LOCK, OPTWRE] = [1, 2, 4, 16, 32, 64, 128, 512] as const;
const BSY = 1;
const PGERR = 4;
const WRPRTERR = 16;
const EOP = 32;
const OK = '80';
const FAULT = '11';
const PS_PER_MS = 1e9;

async function unlocked(spec = 'f103c8'): Promise<Wire> {
  const wire = await Wire.entered(spec);
  await wire.writeWord(0xe000edf0, 0xa05f0003);
  await wire.writeWord(KEYR, KEY1);
  await wire.writeWord(KEYR, KEY2);
  return wire;
}

async function start(wire: Wire, bits: number, address = 0): Promise<void> {
  await wire.writeWord(CR, bits);
  if (address) await wire.writeWord(AR, address);
  await wire.writeWord(CR, bits | STRT);
}

/** Waits for BSY to fall; returns the flags. */
async function settled(wire: Wire): Promise<number> {
  while ((await wire.readWord(SR)) & BSY) wire.slot.wait(PS_PER_MS);
  return wire.readWord(SR);
}

async function optionsUnlocked(spec?: string): Promise<Wire> {
  const wire = await unlocked(spec);
  await wire.writeWord(OPTKEYR, KEY1);
  await wire.writeWord(OPTKEYR, KEY2);
  return wire;
}

async function writeOptions(wire: Wire, halfWords: readonly number[]): Promise<void> {
  await start(wire, OPTER | OPTWRE);
  await settled(wire);
  await wire.writeWord(CR, OPTPG | OPTWRE);
  for (const [i, value] of halfWords.entries()) {
    await wire.writeHalfWord(OPTIONS + i * 2, value);
    await settled(wire);
  }
}

const systemReset = (wire: Wire): Promise<string> => wire.writeWord(AIRCR, 0x05fa0004);
const cell = (wire: Wire, offset: number): number => wire.slot.chip!.flash.halfWord(offset);

describe('unlocking', () => {
  test('after reset the controller is locked, and both keys in order open it', async () => {
    const wire = await Wire.entered('f103c8');
    expect(await wire.readWord(CR)).toBe(LOCK);
    await wire.writeWord(KEYR, KEY1);
    expect(await wire.readWord(CR)).toBe(LOCK);
    await wire.writeWord(KEYR, KEY2);
    expect(await wire.readWord(CR)).toBe(0);
  });

  test('the keys sent again while unlocked change nothing', async () => {
    const wire = await unlocked();
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    expect(await wire.readWord(CR)).toBe(0);
  });

  test('a wrong key is a bus error and kills the controller until the next reset', async () => {
    const wire = await Wire.entered('f103c8');
    expect(await wire.writeWord(KEYR, 0x12345678)).toBe(FAULT);
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    expect(await wire.readWord(CR)).toBe(LOCK);
    await systemReset(wire);
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    expect(await wire.readWord(CR)).toBe(0);
  });

  test('writes to the control register while locked are ignored', async () => {
    const wire = await Wire.entered('f103c8');
    await wire.writeWord(CR, PG);
    expect(await wire.readWord(CR)).toBe(LOCK);
  });

  test('PG survives locking and unlocking', async () => {
    const wire = await unlocked();
    await wire.writeWord(CR, PG | LOCK);
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    expect(await wire.readWord(CR)).toBe(PG);
  });
});

describe('programming', () => {
  test('a half-word is stored in 52.5 µs and ends with EOP', async () => {
    const wire = await unlocked();
    await wire.writeWord(CR, PG);
    const before = wire.slot.ledger.flashBusyPs;
    expect(await wire.writeHalfWord(FLASH + 0x100, 0xbeef)).toBe(OK);
    expect(await settled(wire)).toBe(EOP);
    expect(cell(wire, 0x100)).toBe(0xbeef);
    expect(wire.slot.ledger.flashBusyPs - before).toBe(52_500_000);
  });

  test('a cell that is not blank is not programmed: PGERR', async () => {
    const wire = await unlocked();
    wire.slot.chip!.flash.cells[0x100] = 0x7f;
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH + 0x100, 0x1234);
    expect(await settled(wire)).toBe(PGERR);
    expect(cell(wire, 0x100)).toBe(0xff7f);
  });

  test('zero may be programmed over anything', async () => {
    const wire = await unlocked();
    wire.slot.chip!.flash.cells[0x100] = 0x7f;
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH + 0x100, 0);
    expect(await settled(wire)).toBe(EOP);
    expect(cell(wire, 0x100)).toBe(0);
  });

  test.each([
    ['bytes', 'F2 0D 00 01 00 08 02 00', '11 22'],
    ['words', 'F2 08 00 01 00 08 04 00', '11 22 33 44'],
  ])('%s are a bus error, and nothing is stored', async (_width, command, data) => {
    const wire = await unlocked();
    await wire.writeWord(CR, PG);
    expect(await wire.tell(command, data)).toBe(FAULT);
    expect(cell(wire, 0x100)).toBe(0xffff);
  });

  test('while locked a store is a bus error', async () => {
    const wire = await Wire.entered('f103c8');
    expect(await wire.writeHalfWord(FLASH, 0)).toBe(FAULT);
    expect(cell(wire, 0)).toBe(0xffff);
  });

  test('without PG a store is refused', async () => {
    const wire = await unlocked();
    await wire.writeHalfWord(FLASH, 0);
    expect(await settled(wire)).toBe(PGERR);
  });

  test('flags stay until ones are written to them', async () => {
    const wire = await unlocked();
    await wire.writeHalfWord(FLASH, 0);
    await settled(wire);
    await wire.writeWord(SR, 0);
    expect(await wire.readWord(SR)).toBe(PGERR);
    await wire.writeWord(SR, 0x34);
    expect(await wire.readWord(SR)).toBe(0);
  });

  test('a second store while busy waits for the first and is kept', async () => {
    const wire = await unlocked();
    await wire.writeWord(CR, PG);
    await wire.tell('F2 48 00 01 00 08 04 00', '11 22 33 44');
    expect([cell(wire, 0x100), cell(wire, 0x102)]).toEqual([0x2211, 0x4433]);
  });

  test('with HSI off programming reports success and stores nothing', async () => {
    const wire = await unlocked();
    await wire.writeWord(0x40021000, 0x10000);
    wire.slot.wait(3 * PS_PER_MS);
    await wire.writeWord(0x40021004, 1);
    await wire.writeWord(0x40021000, 0x10000);
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH, 0x1234);
    expect(await settled(wire)).toBe(EOP);
    expect(cell(wire, 0)).toBe(0xffff);
  });
});

describe('erasing', () => {
  test('a page goes blank, its neighbours stay, and BSY and STRT show the while', async () => {
    const wire = await unlocked();
    wire.slot.chip!.flash.cells.fill(0);
    await start(wire, PER, FLASH + 0x455);
    expect(await wire.readWord(SR)).toBe(BSY);
    expect(await wire.readWord(CR)).toBe(PER | STRT);
    expect(await settled(wire)).toBe(EOP);
    expect(await wire.readWord(CR)).toBe(PER);
    expect([cell(wire, 0x3fe), cell(wire, 0x400), cell(wire, 0x7fe), cell(wire, 0x800)]).toEqual([
      0, 0xffff, 0xffff, 0,
    ]);
  });

  test('a high-density page is 2 KiB', async () => {
    const wire = await unlocked('f103rc');
    wire.slot.chip!.flash.cells.fill(0);
    await start(wire, PER, FLASH + 0x400);
    await settled(wire);
    expect([cell(wire, 0), cell(wire, 0x7fe), cell(wire, 0x800)]).toEqual([0xffff, 0xffff, 0]);
  });

  test('mass erase blanks the flash and keeps the option bytes', async () => {
    const wire = await unlocked();
    const options = wire.slot.chip!.options.cells.slice();
    wire.slot.chip!.flash.cells.fill(0);
    await start(wire, MER);
    expect(await settled(wire)).toBe(EOP);
    expect(wire.slot.chip!.flash.cells.every((byte) => byte === 0xff)).toBe(true);
    expect(wire.slot.chip!.options.cells).toEqual(options);
  });

  test('a read of flash during an erase waits until it is done', async () => {
    const wire = await unlocked();
    await start(wire, PER, FLASH);
    const before = wire.slot.ledger.nowPs;
    await wire.readWord(FLASH);
    expect(wire.slot.ledger.nowPs - before).toBeGreaterThan(15 * PS_PER_MS);
  });

  test('a read of SRAM during an erase does not wait', async () => {
    const wire = await unlocked();
    await start(wire, PER, FLASH);
    const before = wire.slot.ledger.nowPs;
    await wire.readWord(0x20000000);
    expect(wire.slot.ledger.nowPs - before).toBeLessThan(2 * PS_PER_MS);
  });

  test('an erase that a reset interrupts leaves undefined cells', async () => {
    const wire = await unlocked();
    wire.slot.chip!.flash.cells.fill(0);
    await start(wire, PER, FLASH);
    await systemReset(wire);
    const page = wire.slot.chip!.flash.cells.subarray(0, 1024);
    expect(page.some((byte) => byte !== 0)).toBe(true);
    expect(page.some((byte) => byte !== 0xff)).toBe(true);
    expect(cell(wire, 0x400)).toBe(0);
  });

  test('a half-word that loses its supply is undefined', async () => {
    const wire = await unlocked();
    await wire.writeWord(CR, PG);
    await wire.command('F2 48 00 01 00 08 02 00');
    await wire.submitOut(Uint8Array.of(0, 0));
    wire.slot.fault({ kind: 'brown-out' });
    expect(cell(wire, 0x100)).not.toBe(0xffff);
    expect(cell(wire, 0x100)).not.toBe(0);
  });

  test('the second bank of an XL part has its own keys, lock and flags', async () => {
    const wire = await unlocked('f103rg');
    wire.slot.chip!.flash.cells.fill(0);
    await wire.writeWord(CR + 0x40, MER);
    expect(await wire.readWord(CR + 0x40)).toBe(LOCK);
    await wire.writeWord(KEYR + 0x40, KEY1);
    await wire.writeWord(KEYR + 0x40, KEY2);
    await wire.writeWord(CR + 0x40, MER);
    await wire.writeWord(CR + 0x40, MER | STRT);
    while ((await wire.readWord(SR + 0x40)) & BSY) wire.slot.wait(PS_PER_MS);
    expect(await wire.readWord(SR + 0x40)).toBe(EOP);
    expect([cell(wire, 0), cell(wire, 0x80000)]).toEqual([0, 0xffff]);
  });
});

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

describe('clones', () => {
  test('a GD32 takes a word as two half-words', async () => {
    const wire = await unlocked('gd32');
    await wire.writeWord(CR, PG);
    expect(await wire.tell('F2 08 00 01 00 08 04 00', '11 22 33 44')).toBe(OK);
    expect([cell(wire, 0x100), cell(wire, 0x102)]).toEqual([0x2211, 0x4433]);
  });

  test('an APM32 loses a half-word that is sent while it is busy', async () => {
    const wire = await unlocked('apm32+probe=v3j10');
    await wire.writeWord(0xe000edf0, 0xa05f0003);
    await wire.ask('F2 61 00 00 C0 5D 00 00', 8);
    await wire.writeWord(CR, PG);
    await wire.tell('F2 48 00 01 00 08 04 00', '11 22 33 44');
    expect([cell(wire, 0x100), cell(wire, 0x102)]).toEqual([0x2211, 0xffff]);
  });

  test('a CH32 takes ten times as long and shows its own bit in CR', async () => {
    const wire = await Wire.entered('ch32');
    expect(await wire.readWord(CR)).toBe(0x8080);
    await wire.writeWord(KEYR, KEY1);
    await wire.writeWord(KEYR, KEY2);
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(FLASH, 0x1234);
    await settled(wire);
    expect(wire.slot.ledger.flashBusyPs).toBe(525_000_000);
  });

  test('a C8 answers to 128 KiB, a relabelled C6 to 32 KiB', async () => {
    const genuine = await Wire.entered('f103c8');
    expect(await genuine.readWord(FLASH + 0x1fffc)).toBe(0xffffffff);
    const relabelled = await Wire.entered('relabelled-c6');
    expect(await relabelled.ask('F2 36 00 80 00 08', 8)).toMatch(/^11/);
  });
});

describe('faults of the array', () => {
  async function program(wire: Wire, address: number, value: number): Promise<number> {
    await wire.writeWord(CR, PG);
    await wire.writeHalfWord(address, value);
    return settled(wire);
  }

  test('a flash that ignores writes reports success', async () => {
    const wire = await unlocked();
    wire.slot.fault({ kind: 'flash-ignores-writes' });
    expect(await program(wire, FLASH, 0x1234)).toBe(EOP);
    expect(cell(wire, 0)).toBe(0xffff);
  });

  test('one bit is stored wrong', async () => {
    const wire = await unlocked();
    wire.slot.fault({ kind: 'flash-wrong-bit', address: FLASH + 2, bit: 3 });
    await program(wire, FLASH, 0x1234);
    expect(await program(wire, FLASH + 2, 0x1234)).toBe(EOP);
    expect([cell(wire, 0), cell(wire, 2)]).toEqual([0x1234, 0x123c]);
  });

  test('one half-word is dropped', async () => {
    const wire = await unlocked();
    wire.slot.fault({ kind: 'flash-drops-half-word', address: FLASH + 2 });
    expect(await program(wire, FLASH + 2, 0x1234)).toBe(EOP);
    expect(cell(wire, 2)).toBe(0xffff);
  });

  test('a stuck bit survives an erase', async () => {
    const wire = await unlocked();
    wire.slot.fault({ kind: 'flash-stuck-bit', address: FLASH + 0x10, bit: 0, value: 0 });
    await start(wire, PER, FLASH);
    expect(await settled(wire)).toBe(EOP);
    expect(cell(wire, 0x10)).toBe(0xfffe);
  });

  test('a page keeps its content through an erase', async () => {
    const wire = await unlocked();
    wire.slot.chip!.flash.cells.fill(0);
    wire.slot.fault({ kind: 'page-does-not-erase', address: FLASH + 0x400 });
    await start(wire, MER);
    expect(await settled(wire)).toBe(EOP);
    expect([cell(wire, 0), cell(wire, 0x400), cell(wire, 0x800)]).toEqual([0xffff, 0, 0xffff]);
  });

  test('a slow flash takes its time', async () => {
    const wire = await unlocked();
    wire.slot.fault({ kind: 'slow-flash', factor: 4 });
    await program(wire, FLASH, 0x1234);
    expect(wire.slot.ledger.flashBusyPs).toBe(210_000_000);
  });
});
