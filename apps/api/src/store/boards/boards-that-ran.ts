import { fits, type BoardFilters } from '@boardwalk/records';
import type { Reader } from '../../persistence/database.ts';
import { prismaSql } from '../prisma-sql.ts';

/** The sequences of the boards' last runs: `from` or more, and less than `end`. */
export interface SequenceRange {
  readonly from: number;
  readonly end: number;
}

/** Numbers of boards whose last run is in a range of the record, the latest first. By `Board_lastSequence_idx`. */
export async function boardsThatRan(
  reader: Reader,
  filters: BoardFilters,
  { from, end }: SequenceRange,
  most: number,
): Promise<number[]> {
  const rows = await reader.$queryRaw<{ number: number | bigint }[]>`
        SELECT b."number" AS number FROM "Board" b
        WHERE b."lastSequence" >= ${from} AND b."lastSequence" < ${end} AND ${prismaSql(fits(filters))}
        ORDER BY b."lastSequence" DESC LIMIT ${most}`;
  return rows.map(({ number }) => Number(number));
}
