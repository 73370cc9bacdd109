import Sqlite from 'better-sqlite3';

/**
 * Writes scans into a told history: one for every second run, a minute before it, and codes that became no run, in every
 * way that the record knows. The unit of one code is gone, and a few runs go on still.
 */
export function tellScans(file: string): void {
  const database = new Sqlite(file);
  const run = (sql: string): unknown => database.prepare(sql).run();
  database.transaction(() => {
    run(`INSERT INTO "Job" ("id", "state", "recipeName", "recipeRevision", "image", "priority", "createdAt")
      VALUES ('job_0', 'running', 'app', 1, 'ab', 0, '2026-10-24T00:00:00.000Z')`);
    run(`INSERT INTO "JobUnit" ("id", "jobId", "serial", "state", "runId", "heldBoard")
      SELECT "sequence", 'job_0', "serial",
        CASE "sequence" % 20 WHEN 2 THEN 'queued' WHEN 4 THEN 'queued' WHEN 6 THEN 'cancelled' WHEN 8 THEN 'failed' ELSE 'done' END,
        CASE WHEN "sequence" % 20 < 10 THEN NULL ELSE "id" END, CASE "sequence" % 20 WHEN 4 THEN "board" END
      FROM "Run" WHERE "sequence" % 2 = 0`);
    run(`INSERT INTO "Scan" ("sequence", "at", "account", "code", "meaning", "serial", "slot", "unitId", "fate", "reason")
      SELECT "sequence", strftime('%Y-%m-%dT%H:%M:%fZ', "startedAt", '-1 minute'), coalesce("operator", 'eve'), "serial",
        'serial', "serial", "slot", CASE WHEN "sequence" % 20 = 0 THEN 9000000 + "sequence" ELSE "sequence" END, NULL, NULL
      FROM "Run" WHERE "sequence" % 2 = 0`);
    run(`INSERT INTO "Scan" ("sequence", "at", "account", "code", "meaning", "fate")
      SELECT "sequence", "startedAt", coalesce("operator", 'eve'), 'code', 'serial',
        CASE "sequence" % 10 WHEN 1 THEN 'expired' WHEN 3 THEN 'refused' WHEN 5 THEN 'waiting' WHEN 7 THEN 'cancelled' END
      FROM "Run" WHERE "sequence" % 2 = 1`);
    run(
      `UPDATE "Run" SET "outcome" = NULL, "finishedAt" = NULL, "attempt" = NULL WHERE "sequence" % 501 = 500`,
    );
  })();
  database.close();
}
