import { BOARD_PROFILES } from '../profiles/profiles.ts';
import { Chip } from '../target/chip.ts';
import { FLASH_BASE } from '../target/flash-array.ts';
import { emptyLedger } from '../time/ledger.ts';

function chipWith(halfWords: number[]): Chip {
  const profile = BOARD_PROFILES.get('f103cb')!;
  const chip = new Chip(profile, profile.uid, emptyLedger());
  const view = new DataView(chip.flash.cells.buffer);
  view.setUint32(0, 0x20005000, true);
  view.setUint32(4, FLASH_BASE + 8 + 1, true);
  halfWords.forEach((halfWord, i) => view.setUint16(8 + i * 2, halfWord, true));
  chip.powerOn(0);
  return chip;
}

test('the core starts from the vector table and executes what lies in flash', () => {
  // movs r0, #5; movs r1, #7; muls r0, r1; b .
  const chip = chipWith([0x2005, 0x2107, 0x4348, 0xe7fe]);
  chip.advance(10_000_000);
  expect(chip.core.readCoreRegister(0)).toBe(35);
  expect(chip.core.readCoreRegister(15)).toBe(FLASH_BASE + 14);
  expect(chip.core.readCoreRegister(13)).toBe(0x20005000);
});

test('skipping a polling loop changes nothing but the work', () => {
  const chip = chipWith([0x2005, 0xe7fe]);
  chip.advance(1_000_000_000_000);
  expect(chip.core.cycles).toBeGreaterThanOrEqual(8_000_000);
  expect(chip.core.cycles).toBeLessThan(8_000_008);
});
