import type { OpenShift } from '@boardwalk/contracts';
import type { Reader } from '../../persistence/database.ts';
import { isOpen } from './conditions.ts';
import { plainRow } from '../../persistence/plain-row.ts';

/** A recipe revision of work that waits, which asks for reference boards. */
export interface RecipeToOpen {
  readonly name: string;
  readonly revision: number;
  readonly openShift: OpenShift;
}

/** The recipes of the jobs that may start now, the most urgent first. Walks `Job_waiting_idx`, which has open jobs alone. */
export async function recipesToOpen(reader: Reader, now: string): Promise<RecipeToOpen[]> {
  const rows = await reader.$queryRaw<object[]>`
    SELECT c."name", c."revision", c."openShift"
    FROM "Job" j LEFT JOIN "WorkOrder" w ON w."id" = j."workOrder"
      CROSS JOIN "Recipe" c ON c."name" = j."recipeName" AND c."revision" = j."recipeRevision"
    WHERE ${isOpen(now)} AND c."openShift" <> 'none'
    GROUP BY c."name", c."revision" ORDER BY MAX(j."urgency") DESC, c."name", c."revision"`;
  return rows.map((row) => plainRow<RecipeToOpen>(row));
}
