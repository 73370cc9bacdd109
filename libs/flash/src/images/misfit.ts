import type { Line } from '@boardwalk/series';
import type { FlashGeometry } from '../families/families.ts';
import type { Image } from './image.ts';
import { wrongStack } from './raw.ts';
import { rangeWords } from './words.ts';

/** What of an image decides whether it belongs into a chip: known without its bytes. */
export interface ImageShape {
  readonly segments: readonly { readonly address: number; readonly bytes: number }[];
  /** The stack pointer by which a raw file was taken for firmware; null where nothing rests on it. */
  readonly stack: number | null;
}

/** Why an image does not belong into a chip. It is the file's fault, or the choice of it; never the board's. */
export interface Misfit {
  readonly code: 'flash.outside' | 'flash.wrong_image';
  readonly message: string;
  readonly remedy: string;
  readonly address: number;
}

export function shapeOf({ segments, stack }: Pick<Image, 'segments' | 'stack'>): ImageShape {
  return { segments: segments.map(({ address, data }) => ({ address, bytes: data.length })), stack };
}

/** Why this image does not belong into this chip; null: it may be programmed. */
export function misfitOf({ segments, stack }: ImageShape, chip: FlashGeometry): Misfit | null {
  const { baseAddress, sizeBytes, family } = chip;
  const outside = segments.find(
    ({ address, bytes }) => address < baseAddress || address + bytes > baseAddress + sizeBytes,
  );
  if (outside)
    return {
      code: 'flash.outside',
      message: outsideWords(outside, chip),
      remedy: 'Check the address, and that the image was built for this chip.',
      address: outside.address,
    };
  const says = stackMisfitOf(stack, family);
  if (says === null) return null;
  return {
    code: 'flash.wrong_image',
    message: says,
    remedy:
      'Give the image for this chip. If these bytes are meant as they are, say so with --raw (REST: raw=true).',
    address: segments[0]?.address ?? baseAddress,
  };
}

/** Why a raw image was not built for a line of chips, by its initial stack pointer; null: it may have been. */
export function stackMisfitOf(
  stack: number | null,
  { name, largestSramBytes }: Pick<Line, 'name' | 'largestSramBytes'>,
): string | null {
  const says = stack === null ? null : wrongStack(stack, largestSramBytes);
  return says === null ? null : `The raw image was not built for this chip (${name}): ${says}.`;
}

function outsideWords(
  { address, bytes }: ImageShape['segments'][number],
  { baseAddress, sizeBytes }: FlashGeometry,
): string {
  const place = `The image lies at ${rangeWords(address, bytes)}, the flash at ${rangeWords(baseAddress, sizeBytes)}`;
  if (address < baseAddress) return `${place}.`;
  const needsKib = Math.ceil((address + bytes - baseAddress) / 1024);
  return `${place}: the image needs ${needsKib} KiB, this chip states ${sizeBytes / 1024} KiB.`;
}

/** The first misfit when an image belongs into none of some chips; null: it belongs into one, or none is known. */
export function misfitOfAll(shape: ImageShape, chips: readonly FlashGeometry[]): Misfit | null {
  const misfits = chips.map((chip) => misfitOf(shape, chip));
  return misfits.length > 0 && misfits.every((misfit) => misfit !== null) ? misfits.at(-1)! : null;
}
