import {
  COHORT_TRAIT_NAMES,
  NO_TRAITS,
  type CohortTrait,
  type CohortTraits,
  type TraitCount,
} from '@boardwalk/identity';
import type { Transaction } from '../persistence/database.ts';
import type { LotBoard } from '../persistence/gen/client.ts';
import { countValue } from '../store/lots/count-value.ts';
import { usualValues } from '../store/lots/usual-values.ts';

/** A board's place in a lot. */
export interface InLot {
  readonly lot: string;
  readonly board: number;
  readonly sequence: number;
}

/** Some of a board's traits, those that were looked at. */
export type SomeTraits = Partial<CohortTraits>;

/** A board in its lot: its traits, and those in which it was unlike the others. */
interface Kept {
  readonly traits: CohortTraits;
  readonly unlike: readonly CohortTrait[];
}

/**
 * Counts what a board shows in its lot; what was not read stays as it was. A board counts once, however often it runs.
 * @returns how many other boards show what. Boards that were unlike the lot are not among them: it is what it began
 *   with until a person accepts another value.
 */
export async function seeInLot(
  transaction: Transaction,
  at: InLot,
  traits: SomeTraits,
): Promise<TraitCount[]> {
  const before = await keptOf(transaction, at);
  const names = Object.keys(traits) as CohortTrait[];
  const counts = await usualValues(transaction, at.lot, names);
  const read = names.filter((name) => traits[name] != null);
  const shown = Object.fromEntries(read.map((name) => [name, traits[name]!]));
  const unlike = before.unlike.filter((name) => !read.includes(name));
  await keep(transaction, at, before, { traits: { ...before.traits, ...shown }, unlike });
  return counts.map(({ trait, value, boards, unlike: others, acceptedBy }) => {
    const own = before.traits[trait] === value && !before.unlike.includes(trait);
    return { trait, value, boards: boards - others - Number(own), accepted: acceptedBy !== null };
  });
}

/** The board is unlike its lot in these traits, too. */
export async function markUnlike(
  transaction: Transaction,
  at: InLot,
  traits: readonly CohortTrait[],
): Promise<void> {
  const before = await keptOf(transaction, at);
  const unlike = [...new Set([...before.unlike, ...traits])];
  await keep(transaction, at, before, { ...before, unlike });
}

async function keptOf(transaction: Transaction, { lot, board }: InLot): Promise<Kept> {
  const row = await transaction.lotBoard.findUnique({ where: { lot_board: { lot, board } } });
  return row ? keptIn(row) : NOTHING_KEPT;
}

/** Nothing of a board in a lot. */
export const NOTHING_KEPT: Kept = { traits: NO_TRAITS, unlike: [] };

export function keptIn({ unlike, ...row }: LotBoard): Kept {
  const traits = Object.fromEntries(COHORT_TRAIT_NAMES.map((name) => [name, row[name]]));
  return { traits: traits as CohortTraits, unlike: (unlike?.split(',') ?? []) as CohortTrait[] };
}

/** Stores what is kept of a board in a lot, and the lot's numbers that change by it. */
export async function keep(transaction: Transaction, at: InLot, before: Kept, after: Kept): Promise<void> {
  await recount(transaction, at.lot, before, after);
  const { lot, board, sequence } = at;
  const unlike = after.unlike.length === 0 ? null : after.unlike.join(',');
  const data = { ...after.traits, unlike, sequence };
  const where = { lot_board: { lot, board } };
  await transaction.lotBoard.upsert({ where, create: { lot, board, ...data }, update: data });
}

/** Changes a lot's numbers where a board is another than before. */
export async function recount(
  transaction: Transaction,
  lot: string,
  before: Kept,
  after: Kept,
): Promise<void> {
  for (const trait of COHORT_TRAIT_NAMES) {
    const [from, to] = [before.traits[trait], after.traits[trait]];
    const [was, is] = [before, after].map(({ unlike }) => Number(unlike.includes(trait))) as [number, number];
    if (from === to && was === is) continue;
    if (from !== null) await countValue(transaction, lot, { trait, value: from, boards: -1, unlike: -was });
    if (to !== null) await countValue(transaction, lot, { trait, value: to, boards: 1, unlike: is });
  }
}
