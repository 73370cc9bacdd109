import type { Reader } from '../../persistence/database.ts';
import { workRow, type BoardWork } from './board-work.ts';

/** The latest attempt of some boards in an order. By the primary keys of `OrderBoard` and `Run`. */
export async function workInOrder(
  reader: Reader,
  boards: readonly number[],
  workOrder: string,
): Promise<BoardWork[]> {
  const rows = await reader.$queryRaw<object[]>`
          SELECT o."board", CASE WHEN o."counts" THEN o."lastOutcome" END AS "outcome", r."finishedAt", TRUE AS "inOrder"
          FROM json_each(${JSON.stringify(boards)}) n
          CROSS JOIN "OrderBoard" o ON o."workOrder" = ${workOrder} AND o."board" = n."value"
          CROSS JOIN "Run" r ON r."id" = o."lastRun"`;
  return rows.map(workRow);
}
