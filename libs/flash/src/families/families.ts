import { hex } from '@boardwalk/contracts';
import {
  deviceIdOf,
  largestKibOf,
  LARGEST_FLASH_BYTES,
  lineOf,
  LINES,
  SERIES_NAMES,
  seriesOf,
  type Line,
  type Series,
} from '@boardwalk/series';
import { FlashError } from '../errors.ts';

export { FLASH_BASE } from '@boardwalk/series';

const KIB = 1024;

/** Where the flash of one target is and how it is divided. */
export interface FlashGeometry {
  readonly series: Series;
  readonly family: Line;
  readonly baseAddress: number;
  readonly sizeBytes: number;
  readonly pageBytes: number;
  readonly sramBytes: number;
  readonly largestSramBytes: number;
  /** False: the size register said nothing sensible, the family's largest size is assumed. */
  readonly sizeIsRead: boolean;
  /** What the chip states where more is used; see `beyondStated`. */
  readonly statedBytes?: number;
}

/** A size that a part of these lines may state: a blank or protected register says 0 or 0xffff. */
export function isSensible(flashSizeKib: number | null): flashSizeKib is number {
  return flashSizeKib !== null && flashSizeKib > 0 && flashSizeKib * KIB <= LARGEST_FLASH_BYTES;
}

/** The flash of the largest part of the family, for a chip that may hide some; the same where it states as much. */
export function beyondStated(geometry: FlashGeometry): FlashGeometry {
  const sizeBytes = largestKibOf(geometry.family) * KIB;
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
  return LINES.filter(({ deviceId }) => stated.deviceIds?.includes(deviceId) ?? true).map((line) =>
    geometryOfLine(line, stated.flashSizeKib ?? null),
  );
}

/**
 * @param idcode DBGMCU_IDCODE as read
 * @param flashSizeKib what the size register says, or null
 * @throws FlashError `flash.unknown_family`
 */
export function geometryOf(idcode: number, flashSizeKib: number | null): FlashGeometry {
  const line = lineOf(idcode);
  if (!line) throw unknownFamily(idcode);
  return geometryOfLine(line, flashSizeKib);
}

export function geometryOfLine(family: Line, flashSizeKib: number | null): FlashGeometry {
  const series = seriesOf(family);
  const sizeIsRead = isSensible(flashSizeKib);
  const sizeBytes = (sizeIsRead ? flashSizeKib : largestKibOf(family)) * KIB;
  const { pageBytes, sramBytes, largestSramBytes } = family;
  return {
    series,
    family,
    baseAddress: series.flashBase,
    sizeBytes,
    pageBytes,
    sramBytes,
    largestSramBytes,
    sizeIsRead,
  };
}

export function unknownFamily(idcode: number): FlashError {
  return new FlashError('flash.unknown_family', {
    deviceId: hex(deviceIdOf(idcode), 3),
    series: SERIES_NAMES,
  });
}
