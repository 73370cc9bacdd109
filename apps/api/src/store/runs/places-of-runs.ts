import { runConditions, type RunFilters } from '@boardwalk/records';
import type { Reader } from '../../persistence/database.ts';
import { Prisma } from '../../persistence/gen/client.ts';
import { prismaSql } from '../prisma-sql.ts';

/** The sequences of runs: `from` or more, and less than `end`. */
interface Places {
  readonly from: number;
  readonly end: number;
}

/**
 * The places of runs that fit, in a range of the record, the latest first. By `Run_sequence_key`, or by the index of a
 * filter with few rows; conditions on a life ask `Run_board_sequence_idx`.
 */
export async function placesOfRuns(
  reader: Reader,
  filters: RunFilters,
  { from, end }: Places,
  most: number,
): Promise<number[]> {
  const where = [
    Prisma.sql`r."sequence" >= ${from} AND r."sequence" < ${end}`,
    ...runConditions(filters).map(prismaSql),
  ];
  const rows = await reader.$queryRaw<{ sequence: number | bigint }[]>`
    SELECT r."sequence" AS sequence FROM "Run" r WHERE ${Prisma.join(where, ' AND ')}
    ORDER BY r."sequence" DESC LIMIT ${most}`;
  return rows.map(({ sequence }) => Number(sequence));
}
