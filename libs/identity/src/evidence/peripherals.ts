import { hex32 } from '@boardwalk/contracts';
import { IDENTITY_REGISTERS, registerAddress, STM32F1 } from '@boardwalk/series';
import type { Facts } from '../facts.ts';
import { is, register, rows, type EvidenceRow } from './row.ts';

const FMC_PID = registerAddress(STM32F1, IDENTITY_REGISTERS.gigadevicePid)!;
const needsAnother = true;
const RESET_FLASH_CR = 0x80;
const FLOCK = 0x8000;
/** RCC_AHBENR: clocks of SRAM and flash, which every part has; and every bit that an F103 or a part sold for one has. */
const [AHB_ALWAYS, AHB_ANY] = [0x14, 0x155f];
const CONNECTIVITY = 0x418;

/** Four characters, the last letters first: `41424333` is 3CBA. */
export const isProductId = ({ registers: { gigadevicePid: word } }: Facts): boolean =>
  word !== null &&
  (word & 0xff) === 0x33 &&
  [8, 16, 24].every((shift) => isCharacter((word >>> shift) & 0xff));
/** A digit or a capital letter. */
const isCharacter = (byte: number): boolean =>
  (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a);

/** A bit sticks, and the rest of the word is that of RCC_AHBENR: a garbled word has the bit every other time. */
function sticks({ registers: { ahbenrSticky: word } }: Facts, bit: number): boolean {
  if (word === null || (word & AHB_ALWAYS) !== AHB_ALWAYS || (word & ~AHB_ANY) !== 0) return false;
  return ((word >>> bit) & 1) === 1;
}
export const isApm32Clock = (f: Facts): boolean => f.deviceId !== CONNECTIVITY && sticks(f, 3);
export const isCh32Clock = (f: Facts): boolean => f.deviceId !== CONNECTIVITY && sticks(f, 12);
/** The second lock of FLASH_CR: on ST's parts and on the other families the bit is reserved and zero. */
export const isFlock = ({ registers: { flashCr } }: Facts): boolean =>
  is(flashCr, FLOCK, FLOCK | RESET_FLASH_CR);
export const isThreeBits = ({ priorityBits }: Facts): boolean => priorityBits === 3;

/** Registers that only some families have, or have otherwise. */
export const PERIPHERAL_EVIDENCE: readonly EvidenceRow[] = [
  ...rows(
    {
      ...{ group: 'periph', read: register((f) => f.registers.gigadevicePid), expected: '0x00000000' },
      ...{ source: 'GigaDevice user manual; public logs', cites: ['blackMagic'] },
    },
    ['FMC_PID', [-6, 'A', 'specific'], isProductId, `a GigaDevice product id answers at ${hex32(FMC_PID)}`],
  ),
  ...rows(
    {
      ...{ group: 'periph', read: register((f) => f.registers.ahbenrSticky) },
      ...{
        expected: 'bits 3 and 12 stay zero',
        needsAnother,
        source: 'published register comparison',
        cites: ['clockBits'],
      },
    },
    ['AHB_BIT3', [-5, 'B', 'specific'], isApm32Clock, 'RCC_AHBENR bit 3 sticks, as on an APM32'],
    ['AHB_BIT12', [-5, 'B', 'specific'], isCh32Clock, 'RCC_AHBENR bit 12 sticks, as on a CH32'],
  ),
  ...rows(
    {
      ...{
        group: 'periph',
        read: register((f) => f.registers.flashCr),
        expected: '0x00000080',
        needsAnother,
      },
      ...{
        source: 'PM0075 3.5; Black Magic’s driver of the CH32F1',
        cites: ['flashManual', 'blackMagicCh32'],
      },
    },
    ['FLASH_FLOCK', [-5, 'B', 'specific'], isFlock, 'FLASH_CR bit 15 is the second lock of a CH32'],
    [
      'FLASHCR_ODD',
      [-3, 'B', 'odd'],
      (f) =>
        f.readUnderReset &&
        f.registers.flashCr !== null &&
        f.registers.flashCr !== RESET_FLASH_CR &&
        !isFlock(f),
      'FLASH_CR does not read its reset value',
    ],
  ),
  ...rows(
    {
      ...{ group: 'periph', read: (f) => String(f.priorityBits ?? 'not read'), expected: '4', needsAnother },
      ...{ source: 'PM0056; vendor header', cites: ['coreManual', 'air32'] },
    },
    [
      'PRIO_BITS',
      [-4, 'B', 'specific'],
      isThreeBits,
      'the interrupt controller has three priority bits, as on an MH2103/AIR32',
    ],
    [
      'PRIO_ODD',
      [-3, 'B', 'odd'],
      (f) => f.priorityBits !== null && ![3, 4].includes(f.priorityBits),
      'the interrupt controller has another number of priority bits',
    ],
  ),
];
