import { FlashError } from './errors.ts';
import type { FlashGeometry } from './families/families.ts';
import type { Image } from './images/image.ts';
import { misfitOf, shapeOf } from './images/misfit.ts';

/** A run of addresses. */
export interface FlashRange {
  readonly address: number;
  readonly sizeBytes: number;
}

/** What is to be written where: whole half-words, in address order. */
export interface ProgramRange {
  readonly address: number;
  readonly data: Uint8Array;
}

/** An image laid on a target's flash: the pages that must be blank, the ranges to program, the ranges to prove. */
export interface FlashPlan {
  readonly geometry: FlashGeometry;
  /** Start addresses of the pages that the image touches. */
  readonly pages: readonly number[];
  readonly ranges: readonly ProgramRange[];
  readonly image: Image;
}

/** @throws FlashError when the image does not belong into this target: `flash.outside`, `flash.wrong_image` */
export function planFlash(image: Image, geometry: FlashGeometry): FlashPlan {
  const misfit = misfitOf(shapeOf(image), geometry);
  if (misfit) throw new FlashError(misfit.code, { why: misfit.message }, misfit);
  const { pageBytes } = geometry;
  const pages = new Set<number>();
  for (const { address, data } of image.segments) {
    const first = address - (address % pageBytes);
    for (let page = first; page < address + data.length; page += pageBytes) pages.add(page);
  }
  return { geometry, pages: [...pages].sort((a, b) => a - b), ranges: image.segments.map(evenRange), image };
}

/** The controller takes half-words: odd ends are padded with blank bytes. */
function evenRange(segment: { address: number; data: Uint8Array }): ProgramRange {
  const head = segment.address & 1;
  const length = (head + segment.data.length + 1) & ~1;
  const data = new Uint8Array(length).fill(0xff);
  data.set(segment.data, head);
  return { address: segment.address - head, data };
}

/** The bytes that the pages of a plan must hold afterwards, blank where the image is silent. */
export function expectedBytes(plan: FlashPlan, address: number, sizeBytes: number): Uint8Array {
  const bytes = new Uint8Array(sizeBytes).fill(0xff);
  for (const range of plan.ranges) {
    const from = Math.max(address, range.address);
    const to = Math.min(address + sizeBytes, range.address + range.data.length);
    if (from < to) bytes.set(range.data.subarray(from - range.address, to - range.address), from - address);
  }
  return bytes;
}

/** Runs of neighbouring pages, from page addresses in order. */
export function pageRuns(pages: readonly number[], pageBytes: number): FlashRange[] {
  const runs: { address: number; sizeBytes: number }[] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last.address + last.sizeBytes === page) last.sizeBytes += pageBytes;
    else runs.push({ address: page, sizeBytes: pageBytes });
  }
  return runs;
}
