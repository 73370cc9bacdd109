import type { Plant } from '../plant.ts';

/** What the rows of the ledger can be by. */
export const LEDGER_GROUPS = ['shift', 'day', 'operator'] as const;
export type LedgerGroup = (typeof LEDGER_GROUPS)[number];

/** When something happened, and by whom. */
interface Happened {
  readonly at: string;
  readonly operator: string | null;
}

const KEYS: Readonly<Record<LedgerGroup, (one: Happened, plant: Plant) => string | null>> = {
  shift: ({ at }, { shifts }) => shifts.keyOf(Date.parse(at)),
  day: ({ at }, { zone }) => zone.dateOf(Date.parse(at)),
  operator: ({ operator }) => operator,
};

export function keyOf(one: Happened, by: LedgerGroup, plant: Plant): string | null {
  return KEYS[by](one, plant);
}
