import { FLASH_BASE, largestKibOf, LARGEST_FLASH_BYTES, lineOf } from '@boardwalk/series';
import { isSensible } from './families.ts';

const KIB = 1024;

/** What a look at a chip read. */
export interface ChipSize {
  /** Null: the chip hides it, or nothing was read. */
  readonly flashSizeKib: number | null;
  /** DBGMCU_IDCODE or its DEV_ID, in hex; null: not read. */
  readonly deviceId: string | null;
}

/** Where an image has bytes, and how many. */
export interface SizedImage {
  readonly segments: readonly { readonly address: number; readonly data: { readonly length: number } }[];
}

/** Whether an image has a place on a chip. */
export interface Fit {
  readonly fits: boolean;
  /** Flash from its start to the end of the image, KiB, rounded up. */
  readonly needsKib: number;
  /** What the chip states; null where it states nothing. */
  readonly statesKib: number | null;
}

/**
 * Compares an image with the flash that a chip states. Where it states none, the largest part of its family decides;
 * a chip of no known family counts as fitting: the run that reads it finds out.
 * @param allowBeyondStated the image may use what the largest part of the family has
 */
export function fitOf(
  image: SizedImage,
  { flashSizeKib, deviceId }: ChipSize,
  allowBeyondStated = false,
): Fit {
  const first = Math.min(...image.segments.map(({ address }) => address));
  const end = Math.max(...image.segments.map(({ address, data }) => address + data.length));
  const needsKib = Math.max(0, Math.ceil((end - FLASH_BASE) / KIB));
  const statesKib = isSensible(flashSizeKib) ? flashSizeKib : null;
  const largest = largestOf(deviceId);
  const room = allowBeyondStated ? Math.max(statesKib ?? 0, largest) : (statesKib ?? largest);
  return { fits: first >= FLASH_BASE && needsKib <= room, needsKib, statesKib };
}

function largestOf(deviceId: string | null): number {
  const line = deviceId === null ? null : lineOf(parseInt(deviceId, 16));
  return line ? largestKibOf(line) : LARGEST_FLASH_BYTES / KIB;
}
