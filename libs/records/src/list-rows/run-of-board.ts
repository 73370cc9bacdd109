import type { BoardQuery } from '@boardwalk/contracts';
import { joined, raw, sql, type Fragment } from './fragment.ts';
import { equal } from './equal.ts';

/** Filters that are about one of a board's runs → the run's column. */
const OF_RUN = {
  ...{ lot: 'lot', supplier: 'supplier', workOrder: 'workOrder', recipe: 'recipeName' },
  ...{ operator: 'operator', slot: 'slot' },
} as const satisfies Partial<Record<keyof BoardQuery, string>>;

/** What a run of a board must have. */
export interface RunFilters extends Pick<BoardQuery, keyof typeof OF_RUN> {
  /** Every id that the image has or had; null: any image. */
  readonly images: readonly string[] | null;
  /** It began at `from` or later and before `to`: RFC 3339 in UTC. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly virtual: boolean | undefined;
}

/** The conditions on a run of this alias. */
export function conditionsOfRun(run: 'r' | 'l', filters: RunFilters): Fragment[] {
  const { images, from, to, virtual } = filters;
  const column = (name: string): Fragment => raw(`${run}."${name}"`);
  return [
    ...equal(run, OF_RUN, filters),
    ...(images === null ? [] : [sql`${column('imageSha256')} IN (${joined(images)})`]),
    ...(from === undefined ? [] : [sql`${column('startedAt')} >= ${from}`]),
    ...(to === undefined ? [] : [sql`${column('startedAt')} < ${to}`]),
    ...(virtual === undefined ? [] : [sql`${column('virtual')} = ${Number(virtual)}`]),
  ];
}
