import type { Outcome } from '@boardwalk/contracts';

/** The columns of a finished run `r` that reports count, by the names that reports know; `a` is its image's alias. */
export const RUN_COLUMNS = `
  r."id" AS id, r."sequence" AS sequence, r."board" AS board, coalesce(r."life", 1) AS life, r."attempt" AS attempt,
  r."recipeName" AS recipe, r."recipeRevision" AS recipeRevision, coalesce(a."image", r."imageSha256") AS image,
  r."slot" AS slot, r."portPath" AS port, r."operator" AS operator, r."workOrder" AS workOrder, r."lot" AS lot,
  r."supplier" AS supplier, r."serial" AS serial, r."uid" AS uid, r."probeSerial" AS probeSerial,
  r."startedAt" AS at, r."finishedAt" AS finishedAt, r."outcome" AS outcome, r."reason" AS reason,
  r."virtual" AS virtual, r."targetVoltage" AS voltage, r."verdict" AS verdict, r."resembles" AS resembles`;

/** A run with the id that its image has now. */
export const RUNS_WITH_IMAGES = `"Run" r LEFT JOIN "ImageAlias" a ON a."id" = r."imageSha256"`;

/** Runs that reports count: finished ones of boards that are no reference boards. */
export const COUNTED = `r."outcome" IS NOT NULL AND r."reference" IS NULL`;

/** A row of {@link RUN_COLUMNS} as SQLite gives it. */
export interface RunColumns {
  readonly id: string;
  readonly sequence: number;
  readonly board: number | null;
  readonly life: number;
  readonly attempt: number | null;
  readonly recipe: string;
  readonly recipeRevision: number;
  readonly image: string;
  readonly slot: string;
  readonly port: string;
  readonly operator: string | null;
  readonly workOrder: string | null;
  readonly lot: string | null;
  readonly supplier: string | null;
  readonly serial: string | null;
  readonly uid: string | null;
  readonly probeSerial: string | null;
  readonly at: string;
  readonly finishedAt: string | null;
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly virtual: boolean;
  readonly voltage: number | null;
  readonly verdict: string | null;
  readonly resembles: string | null;
}
