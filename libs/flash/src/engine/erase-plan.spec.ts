import { FLASH_BASE, geometryOf } from '../families/families.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash } from '../plan.ts';
import { pseudoRandom } from '../testing/bench.ts';
import { chooseErase, pagesToProgram } from './erase-plan.ts';
import { blankPageSum, pageSum } from './page-sums.ts';

const PAGE = 1024;
const BLANK = blankPageSum(PAGE);
const OTHER = pageSum(pseudoRandom(PAGE, 99));
const geometry = geometryOf(0x20036410, 64);
const image = pseudoRandom(8 * PAGE, 3);
const plan = planFlash(rawImage(image), geometry);
const at = (page: number): number => FLASH_BASE + page * PAGE;
const right = (page: number): number => pageSum(image.slice(page * PAGE, page * PAGE + PAGE));

/** The flash with these pages other than blank. */
function flashWith(pages: Readonly<Record<number, number>>): Map<number, number> {
  return new Map(Array.from({ length: 64 }, (_, i) => [at(i), pages[i] ?? BLANK]));
}
const range = (from: number, to: number, sum: (page: number) => number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: to - from }, (_, i) => [from + i, sum(from + i)]));
const needed = { scope: 'needed', keep: [] } as const;
const all = { scope: 'all', keep: [] } as const;

test('a blank flash and one that is right already are not erased', () => {
  expect(chooseErase(plan, all, flashWith({}))).toEqual({ kind: 'nothing' });
  expect(chooseErase(plan, all, flashWith(range(0, 8, right)))).toEqual({ kind: 'nothing' });
  expect(pagesToProgram(plan, flashWith(range(0, 8, right)))).toEqual([]);
});

test('many wrong pages and nothing else in flash are erased at once, a single one by itself', () => {
  expect(chooseErase(plan, needed, flashWith(range(0, 8, () => OTHER)))).toEqual({ kind: 'mass' });
  const one = flashWith({ ...range(0, 8, right), 3: OTHER });
  expect(chooseErase(plan, needed, one)).toEqual({ kind: 'pages', pages: [at(3)] });
  expect(pagesToProgram(plan, one.set(at(3), BLANK))).toEqual([at(3)]);
});

test('pages that are right weigh against mass erase by what programming them again costs', () => {
  const big = planFlash(rawImage(pseudoRandom(64 * PAGE, 3)), geometry);
  const rightOf = (page: number): number =>
    pageSum(pseudoRandom(64 * PAGE, 3).slice(page * PAGE, page * PAGE + PAGE));
  const choose = (wrong: number) =>
    chooseErase(big, all, flashWith({ ...range(0, 64, rightOf), ...range(0, wrong, () => OTHER) })).kind;
  expect(choose(20)).toBe('pages');
  expect(choose(60)).toBe('mass');
});

test('what the image does not touch survives unless the recipe erases everything', () => {
  const foreign = flashWith({ ...range(0, 8, () => OTHER), 40: OTHER });
  expect(chooseErase(plan, needed, foreign)).toEqual({ kind: 'pages', pages: plan.pages });
  expect(chooseErase(plan, all, foreign)).toEqual({ kind: 'mass' });
});

test('what the recipe keeps is never erased, whatever it costs', () => {
  const full = flashWith(range(0, 64, () => OTHER));
  const keep = [{ address: at(62) + 5, sizeBytes: 1 }];
  const choice = chooseErase(plan, { scope: 'all', keep }, full);
  expect(choice).toMatchObject({ kind: 'pages' });
  const pages = choice.kind === 'pages' ? choice.pages : [];
  expect(pages).toHaveLength(63);
  expect(pages).not.toContain(at(62));
});

test('without a core that runs, all that may hold something is erased', () => {
  expect(chooseErase(plan, needed, null)).toEqual({ kind: 'pages', pages: plan.pages });
  expect(chooseErase(plan, all, null)).toEqual({ kind: 'mass' });
  expect(pagesToProgram(plan, null)).toEqual(plan.pages);
});
