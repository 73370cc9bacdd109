import type { Database } from 'better-sqlite3';

/** The newest rows of a list, for whoever reads a file without a station. */
const SQL = {
  boards: `
    SELECT "number", "serial", "uid", "verdict", "resembles", "state", "lastOutcome", "lastReason", "runs", "lastSeenAt"
    FROM "Board" WHERE "lastSequence" IS NOT NULL ORDER BY "lastSequence" DESC LIMIT ?`,
  runs: `
    SELECT "id", "startedAt", "slot", "serial", "board", "attempt", "outcome", "reason", "workOrder", "lot", "operator"
    FROM "Run" WHERE "sequence" IS NOT NULL ORDER BY "sequence" DESC LIMIT ?`,
  jobs: `
    SELECT "id", "state", "recipeName", "recipeRevision", "workOrder", "priority", "createdAt", "finishedAt", "reason"
    FROM "Job" WHERE "sequence" IS NOT NULL ORDER BY "sequence" DESC LIMIT ?`,
  orders: `
    SELECT "id", "state", "recipeName", "recipeRevision", "quantity", "passed", "lot", "supplier", "createdAt"
    FROM "WorkOrder" ORDER BY "createdAt" DESC, "id" DESC LIMIT ?`,
} as const;
export type ListName = keyof typeof SQL;

export function listRows(file: Database, name: ListName, most: number): Record<string, unknown>[] {
  return file.prepare(SQL[name]).all(most) as Record<string, unknown>[];
}
