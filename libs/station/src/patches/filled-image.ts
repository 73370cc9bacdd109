import {
  hex32,
  RefusalError,
  said,
  type Fill,
  type RecipeStep,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';
import type { Image } from '@boardwalk/flash';
import { FLASH_BASE, LARGEST_FLASH_BYTES } from '@boardwalk/series';
import { patchedImage } from './patched-image.ts';

/** A fill that claims what is not its own. */
export class FillError<
  const Key extends FillSentence = FillSentence,
> extends RefusalError<'image-does-not-fit'> {
  constructor(key: Key, values: ValuesOf<Key>) {
    const { code, message, ...details } = said(key, values);
    super(code, message, details);
    this.name = 'FillError';
  }
}
type FillSentence = Extract<SentenceKey, `image-does-not-fit:fill-${string}`>;

/** Addresses that are spoken for. */
export interface Span {
  readonly address: number;
  readonly bytes: number;
}

/** Where the largest flash that this station knows ends; whether this board's is as large, its plan says. */
const FLASH_END = FLASH_BASE + LARGEST_FLASH_BYTES;

/** What each program step of a recipe fills, in the order of the steps. */
export function fillsOf(steps: readonly RecipeStep[]): Fill[] {
  return steps.flatMap((step) => (step.step === 'program' && step.fill ? [step.fill] : []));
}

/**
 * The image with its fills laid over it, so that they are erased for, programmed and verified like the rest.
 *
 * @throws FillError where one overlaps the image, with its patches, or another fill, or lies outside flash
 */
export function filledImage(image: Image, fills: readonly Fill[]): Image {
  return fills.reduce((whole, fill) => {
    const taken = whole.segments.map(({ address, data }) => ({ address, bytes: data.length }));
    const pieces = fillSpans(taken, fill).map(({ address, bytes }) => ({
      address,
      data: new Uint8Array(bytes).fill(fill.value),
    }));
    return patchedImage(whole, pieces);
  }, image);
}

/** What a fill covers beside what is taken. @throws FillError */
export function fillSpans(taken: readonly Span[], { from, bytes, to }: Fill): Span[] {
  if (from === undefined) return gapsBetween(taken).map(inFlash);
  const address = parseInt(from, 16);
  const span = inFlash({ address, bytes: bytes ?? parseInt(to!, 16) - address });
  const other = taken.find((each) => each.address < endOf(span) && endOf(each) > span.address);
  if (other)
    throw new FillError('image-does-not-fit:fill-overlaps', { fill: words(span), other: words(other) });
  return [span];
}

function gapsBetween(taken: readonly Span[]): Span[] {
  const gaps: Span[] = [];
  const sorted = [...taken].sort((a, b) => a.address - b.address);
  let end = sorted[0]?.address ?? 0;
  for (const span of sorted) {
    if (span.address > end) gaps.push({ address: end, bytes: span.address - end });
    end = Math.max(end, endOf(span));
  }
  return gaps;
}

function inFlash(span: Span): Span {
  const outside = outsideFlash(span);
  if (outside) throw new FillError('image-does-not-fit:fill-outside', { outside });
  return span;
}

/** Says of bytes that lie in no flash this station knows that they do, and where flash is; null: they may. */
export function outsideFlash(span: Span): string | null {
  if (span.address >= FLASH_BASE && endOf(span) <= FLASH_END) return null;
  const flash = words({ address: FLASH_BASE, bytes: FLASH_END - FLASH_BASE });
  return `${words(span)} lies outside flash, which is ${flash} at most.`;
}

const endOf = ({ address, bytes }: Span): number => address + bytes;
const words = (span: Span): string => `${hex32(span.address)}..${hex32(endOf(span) - 1)}`;
