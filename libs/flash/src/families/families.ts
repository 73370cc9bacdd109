import { FlashError } from '../errors.ts';
import type { FlashFamily } from './family.ts';

const KIB = 1024;

/** Where main flash begins on every STM32F1 (RM0008 3.3). */
export const FLASH_BASE = 0x08000000;

/**
 * STM32F10x lines, and the clones that answer with their DEV_ID. A new line is a new row. SRAM: the tables "device
 * features and peripheral counts" of the lines' datasheets.
 */
export const FLASH_FAMILIES: readonly FlashFamily[] = [
  {
    name: 'STM32F10x low density',
    deviceId: 0x412,
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32],
    sramBytes: 6 * KIB,
    largestSramBytes: 10 * KIB,
    bankBytes: null,
    source: 'RM0008 3.3.3 and 31.6.1, PM0075',
  },
  {
    name: 'STM32F10x medium density',
    deviceId: 0x410,
    pageBytes: 1 * KIB,
    flashSizesKib: [64, 128],
    sramBytes: 20 * KIB,
    largestSramBytes: 20 * KIB,
    bankBytes: null,
    source: 'RM0008 3.3.3 and 31.6.1, PM0075',
  },
  {
    name: 'STM32F10x high density',
    deviceId: 0x414,
    pageBytes: 2 * KIB,
    flashSizesKib: [256, 384, 512],
    sramBytes: 48 * KIB,
    largestSramBytes: 64 * KIB,
    bankBytes: null,
    source: 'RM0008 3.3.3 and 31.6.1, PM0075',
  },
  {
    name: 'STM32F10x XL density',
    deviceId: 0x430,
    pageBytes: 2 * KIB,
    flashSizesKib: [768, 1024],
    sramBytes: 96 * KIB,
    largestSramBytes: 96 * KIB,
    bankBytes: 512 * KIB,
    source: 'RM0008 3.3.3 and 31.6.1, PM0068',
  },
  {
    name: 'STM32F105/107 connectivity line',
    deviceId: 0x418,
    pageBytes: 2 * KIB,
    flashSizesKib: [64, 128, 256],
    sramBytes: 48 * KIB,
    largestSramBytes: 64 * KIB,
    bankBytes: null,
    source: 'RM0008 3.3.3 and 31.6.1, PM0075',
  },
  {
    name: 'STM32F100 value line',
    deviceId: 0x420,
    pageBytes: 1 * KIB,
    flashSizesKib: [16, 32, 64, 128],
    sramBytes: 4 * KIB,
    largestSramBytes: 8 * KIB,
    bankBytes: null,
    source: 'RM0041 2.3.3, PM0063',
  },
  {
    name: 'STM32F100 value line, high density',
    deviceId: 0x428,
    pageBytes: 2 * KIB,
    flashSizesKib: [256, 384, 512],
    sramBytes: 24 * KIB,
    largestSramBytes: 32 * KIB,
    bankBytes: null,
    source: 'RM0041 2.3.3, PM0063',
  },
];

/** The most flash that any known line has, and the most SRAM. */
export const LARGEST_FLASH_BYTES =
  Math.max(...FLASH_FAMILIES.map(({ flashSizesKib }) => flashSizesKib.at(-1)!)) * KIB;
export const LARGEST_SRAM_BYTES = Math.max(...FLASH_FAMILIES.map(({ largestSramBytes }) => largestSramBytes));

/** Where the flash of one target lies and how it is cut. */
export interface FlashGeometry {
  readonly family: FlashFamily;
  readonly baseAddress: number;
  readonly sizeBytes: number;
  readonly pageBytes: number;
  readonly sramBytes: number;
  readonly largestSramBytes: number;
  /** False: the size register said nothing sensible, the family's largest size stands in. */
  readonly sizeIsRead: boolean;
  /** What the chip states where more is used; see `beyondStated`. */
  readonly statedBytes?: number;
}

/** A size that a part of these lines may state: a blank or protected register says 0 or 0xffff. */
export function isSensible(flashSizeKib: number | null): flashSizeKib is number {
  return flashSizeKib !== null && flashSizeKib > 0 && flashSizeKib <= 1024;
}

/** The flash of the largest part of the family, for a chip that may hide some; the same where it states as much. */
export function beyondStated(geometry: FlashGeometry): FlashGeometry {
  const sizeBytes = geometry.family.flashSizesKib.at(-1)! * KIB;
  return sizeBytes > geometry.sizeBytes
    ? { ...geometry, sizeBytes, statedBytes: geometry.sizeBytes }
    : geometry;
}

/**
 * Every chip that a statement allows, by its device ids and its flash size; the largest of a line where no size is
 * stated. Device ids that no line has are left out.
 */
export function geometriesOf(stated: {
  readonly deviceIds?: readonly number[];
  readonly flashSizeKib?: number;
}): FlashGeometry[] {
  return FLASH_FAMILIES.filter(({ deviceId }) => stated.deviceIds?.includes(deviceId) ?? true).map(
    ({ deviceId }) => geometryOf(deviceId, stated.flashSizeKib ?? null),
  );
}

/**
 * @param idcode DBGMCU_IDCODE as read
 * @param flashSizeKib what the size register says, or null
 * @throws FlashError `flash.unknown_family`
 */
export function geometryOf(idcode: number, flashSizeKib: number | null): FlashGeometry {
  const deviceId = idcode & 0xfff;
  const family = FLASH_FAMILIES.find((each) => each.deviceId === deviceId);
  if (!family) {
    throw new FlashError(
      'flash.unknown_family',
      `Device id 0x${deviceId.toString(16).padStart(3, '0')} is no STM32F1 line.`,
      {
        remedy: 'Check that the board carries an STM32F1-class chip.',
      },
    );
  }
  const largest = family.flashSizesKib.at(-1)!;
  const sizeIsRead = isSensible(flashSizeKib);
  const sizeBytes = (sizeIsRead ? flashSizeKib : largest) * KIB;
  const { pageBytes, sramBytes, largestSramBytes } = family;
  return { family, baseAddress: FLASH_BASE, sizeBytes, pageBytes, sramBytes, largestSramBytes, sizeIsRead };
}
