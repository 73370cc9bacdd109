import { fits, type BoardFilters } from '@boardwalk/records';
import type { Reader } from '../../persistence/database.ts';
import { prismaSql } from '../prisma-sql.ts';

/**
 * Numbers of boards that are held or rejected and have no run, below a number, the highest first. There are few at any
 * time: a decision ends each. By `Board_state_idx`.
 */
export async function boardsWithoutRuns(
  reader: Reader,
  filters: BoardFilters,
  below: number,
  most: number,
): Promise<number[]> {
  const rows = await reader.$queryRaw<{ number: number | bigint }[]>`
      SELECT b."number" AS number FROM "Board" b
      WHERE b."state" IN ('held', 'rejected') AND b."number" < ${below} AND b."lastSequence" IS NULL AND ${prismaSql(fits(filters))}
      ORDER BY b."number" DESC LIMIT ${most}`;
  return rows.map(({ number }) => Number(number));
}
