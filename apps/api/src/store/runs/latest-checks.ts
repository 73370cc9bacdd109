import { ReferenceKind } from '@boardwalk/contracts';
import type { CheckRun } from '@boardwalk/work';
import type { Reader } from '../../persistence/database.ts';
import { plainRow } from '../../persistence/plain-row.ts';
import { given } from '../queue/conditions.ts';

/** A slot and a recipe revision, as JSON. */
export interface CheckedPlace {
  readonly slot: string;
  readonly recipe: string;
  readonly revision: number;
}

export type CheckedRun = CheckedPlace & CheckRun;

/**
 * The latest run of a golden and of a known-bad board at each place that says something of its slot: it ended, no person
 * aborted it, and the station did not end meanwhile. By `Run_reference_idx`, which has reference boards alone.
 */
export async function latestChecks(reader: Reader, places: readonly CheckedPlace[]): Promise<CheckedRun[]> {
  const rows = await reader.$queryRaw<object[]>`
    SELECT r."slot", r."recipeName" AS "recipe", r."recipeRevision" AS "revision", r."reference" AS "kind",
      r."id" AS "runId", r."board", r."outcome", r."startedAt", r."portPath", r."probeSerial", r."virtual"
    FROM json_each(${JSON.stringify(places)}) p CROSS JOIN ${given(ReferenceKind.options)} k CROSS JOIN "Run" r
    WHERE r."id" = (
      SELECT l."id" FROM "Run" l
      WHERE l."recipeName" = p."value" ->> '$.recipe' AND l."recipeRevision" = p."value" ->> '$.revision'
        AND l."slot" = p."value" ->> '$.slot' AND l."reference" = k."value" AND l."reference" IS NOT NULL
        AND l."outcome" IS NOT NULL AND l."outcome" <> 'ABORTED' AND l."reason" IS NOT 'interrupted'
      ORDER BY l."sequence" DESC LIMIT 1)`;
  return rows.map((row) => {
    const { portPath, probeSerial, virtual, ...run } = plainRow<Row>(row);
    return { ...run, fixture: { portPath, probeSerial, virtual: Number(virtual) === 1 } };
  });
}

type Row = Omit<CheckedRun, 'fixture'> & {
  readonly portPath: string;
  readonly probeSerial: string | null;
  readonly virtual: boolean | number;
};
