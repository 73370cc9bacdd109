import {
  COHORT_TRAIT_NAMES,
  COHORT_TRAITS,
  traitWords,
  type CohortTrait,
  type CohortTraits,
} from './traits.ts';

/** How many boards of a lot have a value. `accepted`: a person accepted it for the lot. */
export interface TraitCount {
  readonly trait: CohortTrait;
  readonly value: string;
  readonly boards: number;
  readonly accepted: boolean;
}

/** One way in which a board is unlike the others. */
export interface Unlike {
  readonly trait: CohortTrait;
  /** The board's value, as it is kept. */
  readonly value: string;
  /** The same as a person reads it, and what the others read. */
  readonly read: string;
  readonly expected: string;
  /** How many of the others agree, of how many that were read. */
  readonly boards: number;
  readonly of: number;
}

/** Fewer boards than this say nothing, and neither do boards that disagree more than this. */
export const LEAST_BOARDS = 8;
export const MAJORITY = 0.9;
/** A time may be this many steps of a quarter outside the lot's range. */
const SLACK_STEPS = 2;

/**
 * How a board is unlike the other boards of its lot. What was not read is like everything.
 * @param counts of the other boards: the board itself is not among them
 */
export function unlikeLot(board: CohortTraits, counts: readonly TraitCount[]): Unlike[] {
  return COHORT_TRAIT_NAMES.flatMap((trait) => {
    const value = board[trait];
    if (value === null) return [];
    const others = counts.filter((count) => count.trait === trait);
    if (others.some((count) => count.accepted && count.value === value)) return [];
    const of = others.reduce((sum, { boards }) => sum + boards, 0);
    if (of < LEAST_BOARDS) return [];
    const found =
      COHORT_TRAITS[trait].kind === 'range' ? ofRange(value, others, of) : ofSame(value, others, of);
    if (!found) return [];
    const { values, boards } = found;
    const expected = values.map((each) => traitWords(trait, each)).join(' to ');
    return [{ trait, value, read: traitWords(trait, value), expected, boards, of }];
  });
}

interface Usual {
  /** The usual value, or the ends of the usual range. */
  readonly values: readonly string[];
  readonly boards: number;
}

/** Values that a person accepted agree with the usual one: a lot of two revisions has a majority too. */
function ofSame(value: string, others: readonly TraitCount[], of: number): Usual | null {
  const usual = [...others].sort((a, b) => b.boards - a.boards)[0]!;
  if (usual.value === value) return null;
  const agree = others.filter((count) => count === usual || count.accepted);
  const boards = agree.reduce((sum, count) => sum + count.boards, 0);
  return boards < MAJORITY * of ? null : { values: [usual.value], boards };
}

/** The range has nine in ten of the boards: as many are left out at each end. */
function ofRange(value: string, others: readonly TraitCount[], of: number): Usual | null {
  const sorted = others
    .map((count) => ({ step: Number(count.value), boards: count.boards }))
    .sort((a, b) => a.step - b.step);
  const left = Math.floor(((1 - MAJORITY) / 2) * of);
  const from = endOf(sorted, left);
  const to = endOf([...sorted].reverse(), left);
  const step = Number(value);
  if (step >= from - SLACK_STEPS && step <= to + SLACK_STEPS) return null;
  const inside = sorted.filter((each) => each.step >= from && each.step <= to);
  const boards = inside.reduce((sum, each) => sum + each.boards, 0);
  return { values: from === to ? [String(from)] : [String(from), String(to)], boards };
}

function endOf(sorted: readonly { step: number; boards: number }[], left: number): number {
  let passed = 0;
  return (sorted.find(({ boards }) => (passed += boards) > left) ?? sorted.at(-1)!).step;
}

/** How a board is unlike every golden board. Their times are not compared: they are flashed with other images. */
export function unlikeReferences(board: CohortTraits, golden: readonly CohortTraits[]): Unlike[] {
  return COHORT_TRAIT_NAMES.flatMap((trait) => {
    const value = board[trait];
    if (value === null || COHORT_TRAITS[trait].kind !== 'same') return [];
    const values = golden.flatMap((each) => each[trait] ?? []);
    if (values.length === 0 || values.includes(value)) return [];
    const expected = [...new Set(values)].join(' or ');
    return [{ trait, value, read: value, expected, boards: values.length, of: values.length }];
  });
}

/** Whether a lot says nothing about a trait, because too few of its boards were read. */
export function saysNothing(trait: CohortTrait, counts: readonly TraitCount[]): boolean {
  const others = counts.filter((count) => count.trait === trait);
  return others.reduce((sum, { boards }) => sum + boards, 0) < LEAST_BOARDS;
}
