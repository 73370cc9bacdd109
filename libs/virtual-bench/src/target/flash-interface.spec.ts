import {
  BSY,
  CR,
  EOP,
  FAULT,
  FLASH,
  KEY1,
  KEY2,
  KEYR,
  LOCK,
  MER,
  OK,
  PER,
  PG,
  PGERR,
  PS_PER_MS,
  SR,
  STRT,
  cell,
  settled,
  start,
  systemReset,
  unlocked,
} from '../testing/flash-wire.ts';
import { Wire } from '../testing/wire.ts';

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
