import type { BoardQuery } from '@boardwalk/contracts';
import { Prisma } from '../../persistence/gen/client.ts';

/** Filters that are about a board itself → its column. */
const OF_BOARD = {
  ...{ state: 'state', reference: 'reference', verdict: 'verdict', resembles: 'resembles', uid: 'uid' },
  ...{ outcome: 'lastOutcome', reason: 'lastReason' },
} as const satisfies Partial<Record<keyof BoardQuery, string>>;

/** Filters that are about one of its runs → the run's column. */
const OF_RUN = {
  ...{ lot: 'lot', supplier: 'supplier', workOrder: 'workOrder', recipe: 'recipeName' },
  ...{ operator: 'operator', slot: 'slot' },
} as const satisfies Partial<Record<keyof BoardQuery, string>>;

/** The boards that are asked for; what is undefined does not matter. */
export interface BoardFilters extends Pick<
  BoardQuery,
  keyof typeof OF_BOARD | keyof typeof OF_RUN | 'serial'
> {
  /** Every id that the image has or had; null: any image. */
  readonly images: readonly string[] | null;
  /** One of its runs began at `from` or later and before `to`: RFC 3339 in UTC. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly virtual: boolean | undefined;
}

/** Boards of which nothing was read and no serial was scanned are in the record of runs alone. */
const KNOWN = Prisma.sql`(b."uid" IS NOT NULL OR b."serial" IS NOT NULL OR b."verdict" IS NOT NULL)`;

/** The condition that a board `b` fits: by its own columns, `BoardSerial_holder_idx` and `Run_board_sequence_idx`. */
export function fits(filters: BoardFilters): Prisma.Sql {
  const { serial } = filters;
  const ofRun = conditionsOfRun(filters);
  const conditions = [
    KNOWN,
    ...equal('b', OF_BOARD, filters),
    ...(serial === undefined
      ? []
      : [Prisma.sql`b."number" IN (SELECT s."board" FROM "BoardSerial" s WHERE s."serial" = ${serial})`]),
    ...(ofRun.length === 0
      ? []
      : [
          Prisma.sql`EXISTS (SELECT 1 FROM "Run" r WHERE r."board" = b."number" AND ${Prisma.join(ofRun, ' AND ')})`,
        ]),
  ];
  return Prisma.join(conditions, ' AND ');
}

function conditionsOfRun(filters: BoardFilters): Prisma.Sql[] {
  const { images, from, to, virtual } = filters;
  return [
    ...equal('r', OF_RUN, filters),
    ...(images === null ? [] : [Prisma.sql`r."imageSha256" IN (${Prisma.join(images)})`]),
    ...(from === undefined ? [] : [Prisma.sql`r."startedAt" >= ${from}`]),
    ...(to === undefined ? [] : [Prisma.sql`r."startedAt" < ${to}`]),
    ...(virtual === undefined ? [] : [Prisma.sql`r."virtual" = ${Number(virtual)}`]),
  ];
}

function equal<Filter extends keyof BoardFilters>(
  table: string,
  columns: Readonly<Partial<Record<Filter, string>>>,
  filters: BoardFilters,
): Prisma.Sql[] {
  return Object.entries(columns).flatMap(([filter, column]) => {
    const value = filters[filter as Filter];
    return value === undefined ? [] : [Prisma.sql`${Prisma.raw(`${table}."${String(column)}"`)} = ${value}`];
  });
}
