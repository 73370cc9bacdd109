import type { FlashPlan, FlashRange } from '../plan.ts';
import { expectedBytes } from '../plan.ts';
import type { EraseChoice, EraseDemand } from '../access/erase.ts';
import { blankPageSum, pageSum } from './page-sums.ts';

/**
 * Typical times of medium-density silicon (DS5319: 52.5 µs a half-word, 20 to 40 ms an erase) and of a page's own
 * commands over a V2: what the choice weighs, not what anything waits for.
 */
const PAGE_ERASE_MS = 23;
const MASS_ERASE_MS = 33;
const HALF_WORD_MS = 0.0525;

/**
 * Chooses the cheapest way to make blank what must be blank: nothing, single pages, or the whole flash at once and
 * programming again what was right already. Pages that nobody asked to change are never lost: then mass erase is out.
 * @param sums the sum of every page of flash, by address; null where the target could not make them
 */
export function chooseErase(
  plan: FlashPlan,
  demand: EraseDemand,
  sums: ReadonlyMap<number, number> | null,
): EraseChoice {
  const pages = allPages(plan);
  const mine = ownPages(plan, demand);
  if (!sums) return withoutSums(demand, mine, pages.length);
  const blank = blankPageSum(plan.geometry.pageBytes);
  const erase = mine.filter((page) => {
    const sum = sums.get(page);
    return sum !== blank && sum !== expectedSum(plan, page);
  });
  if (erase.length === 0) return { kind: 'nothing' };
  const ours = new Set(mine);
  const strangerHoldsData = pages.some((page) => !ours.has(page) && sums.get(page) !== blank);
  if (strangerHoldsData) return { kind: 'pages', pages: erase };
  const erased = new Set(erase);
  const again = plan.pages.filter((page) => !erased.has(page) && sums.get(page) !== blank);
  const massMs = MASS_ERASE_MS + again.reduce((ms, page) => ms + programmingMs(plan, page), 0);
  return erase.length * PAGE_ERASE_MS <= massMs ? { kind: 'pages', pages: erase } : { kind: 'mass' };
}

/** The pages of a plan that do not hold already what they shall, from the sums known after erasing. */
export function pagesToProgram(plan: FlashPlan, sums: ReadonlyMap<number, number> | null): readonly number[] {
  return sums ? plan.pages.filter((page) => sums.get(page) !== expectedSum(plan, page)) : plan.pages;
}

/** The pages that shall hold the image or nothing afterwards. */
export function ownPages(plan: FlashPlan, { scope, keep }: EraseDemand): readonly number[] {
  if (scope === 'needed') return plan.pages;
  const { pageBytes } = plan.geometry;
  return allPages(plan).filter((page) => !keep.some((range) => meets(range, page, pageBytes)));
}

function withoutSums({ scope }: EraseDemand, mine: readonly number[], pageCount: number): EraseChoice {
  return scope === 'all' && mine.length === pageCount ? { kind: 'mass' } : { kind: 'pages', pages: mine };
}

function expectedSum(plan: FlashPlan, page: number): number {
  return pageSum(expectedBytes(plan, page, plan.geometry.pageBytes));
}

function programmingMs(plan: FlashPlan, page: number): number {
  const bytes = expectedBytes(plan, page, plan.geometry.pageBytes);
  let halfWords = 0;
  for (let at = 0; at < bytes.length; at += 2)
    if (bytes[at] !== 0xff || bytes[at + 1] !== 0xff) halfWords += 1;
  return halfWords * HALF_WORD_MS;
}

function allPages({ geometry: { baseAddress, sizeBytes, pageBytes } }: FlashPlan): number[] {
  return Array.from({ length: Math.ceil(sizeBytes / pageBytes) }, (_, i) => baseAddress + i * pageBytes);
}

function meets(range: FlashRange, page: number, pageBytes: number): boolean {
  return range.address < page + pageBytes && range.address + range.sizeBytes > page;
}
