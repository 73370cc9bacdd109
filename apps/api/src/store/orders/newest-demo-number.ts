import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { Reader } from '../../persistence/database.ts';

/** The number of the newest order that the demo of any start has made, `DEMO-n`; 0: none. By the orders' primary key. */
export async function newestDemoNumber(reader: Reader): Promise<number> {
  const [row] = await reader.$queryRaw<{ newest: number | bigint | null }[]>`
    SELECT MAX(CAST(SUBSTR("id", 6) AS INTEGER)) AS "newest" FROM "WorkOrder"
    WHERE "id" GLOB 'DEMO-[0-9]*' AND "recipeName" = ${BUILT_IN_RECIPE}`;
  return Number(row?.newest ?? 0);
}
