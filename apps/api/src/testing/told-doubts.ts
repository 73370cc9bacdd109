import Sqlite from 'better-sqlite3';

/** Two plans, the second one from the middle of the night in which clocks are set back in Europe. */
const PLANS = [
  {
    since: '2026-01-01T00:00:00.000Z',
    shifts: [
      { name: 'day', start: '06:00', end: '18:00' },
      { name: 'night', start: '22:15', end: '06:00' },
    ],
  },
  { since: '2026-10-25T00:40:00.000Z', shifts: [{ name: 'late', start: '02:45', end: '02:20' }] },
];

/** Writes shift plans into a told history. */
export function tellShifts(file: string): void {
  const database = new Sqlite(file);
  const insert = database.prepare(
    'INSERT INTO "ShiftPlan" ("sequence", "since", "shifts", "author") VALUES (?, ?, ?, ?)',
  );
  for (const [at, { since, shifts }] of PLANS.entries())
    insert.run(at + 1, since, JSON.stringify(shifts), 'q.meier');
  database.close();
}

/** Findings of a chip that differs: one that counts, one that is excused and one that speaks for ST. */
const EVIDENCE = JSON.stringify({
  findings: [
    { id: 'FMC_PID', weight: -6 },
    { id: 'UID_TEXT', weight: -1, excused: true },
    { id: 'HALF_FFFF', weight: 1 },
  ],
});
const OTHER_EVIDENCE = JSON.stringify({ findings: [{ id: 'DENSITY_DIFF', weight: -2, excused: false }] });

/**
 * What a history is told of identities: families, other parts, boards that were judged again, held boards, decisions
 * before and after a board passed, unique ids under two serials, and lots that changed. By the numbers of the boards, so
 * the same each time.
 */
export function tellDoubts(file: string): void {
  const database = new Sqlite(file);
  const run = (sql: string, ...values: unknown[]): unknown => database.prepare(sql).run(...values);
  database.transaction(() => {
    run(
      `UPDATE "Run" SET "assessment" = CASE WHEN "board" % 5 = 0 THEN ? ELSE ? END,
        "difference" = CASE WHEN "board" % 5 = 0 THEN 'part' ELSE 'maker' END,
        "resembles" = CASE WHEN "board" % 5 = 0 OR "board" % 3 = 0 THEN NULL ELSE 'GD32F1' END
      WHERE "verdict" = 'differs'`,
      ...[OTHER_EVIDENCE, EVIDENCE],
    );
    run(
      `INSERT INTO "Reassessment" ("runId", "modelVersion", "verdict", "resembles", "difference", "summary", "assessment", "at")
      SELECT "id", 3, 'differs', 'CKS32', 'maker', '', ?, "startedAt" FROM "Run" WHERE "sequence" % 13 = 0`,
      EVIDENCE,
    );
    run(`UPDATE "Board" SET "state" = 'held', "heldAbout" = CASE WHEN "number" % 2 = 0 THEN 'identity' ELSE 'record' END
      WHERE "number" % 7 = 0`);
    run(`UPDATE "Board" SET "state" = 'rejected' WHERE "number" % 11 = 0 AND "number" % 7 > 0`);
    run(`UPDATE "Board" SET "lastReason" = 'identity-differs' WHERE "number" % 4 = 0`);
    run(`INSERT INTO "Decision" ("sequence", "board", "about", "decision", "reason", "decidedBy", "role", "decidedAt")
      SELECT "firstSequence" * 100000 + "number", "number", 'identity',
        CASE "number" % 3 WHEN 0 THEN 'accept' WHEN 1 THEN 'refuse' ELSE 'reject' END, 'told', 'q.meier', 'quality', "lastSeenAt"
      FROM "Board" WHERE "number" % 9 = 0`);
    run(`INSERT INTO "Decision" ("sequence", "board", "about", "decision", "reason", "decidedBy", "role", "decidedAt")
      SELECT -"number", "number", 'identity', 'accept', 'told', 'q.meier', 'quality', "lastSeenAt"
      FROM "Board" WHERE "number" % 10 = 0 AND "number" % 9 > 0`);
    run(`INSERT INTO "Decision" ("sequence", "lot", "about", "decision", "reason", "decidedBy", "role", "decidedAt")
      VALUES (60, 'L2', 'cohort', 'accept', 'told', 'q.meier', 'quality', '2026-10-25T00:00:00.000Z')`);
    run(`INSERT INTO "RecordFinding" ("kind", "uid", "board", "serial", "otherSerial", "policy", "foundAt")
      SELECT 'uid-under-second-serial', "uid", "number", "serial", 'other', 'accept', "lastSeenAt"
      FROM "Board" WHERE "number" % 6 = 0`);
    run(`INSERT INTO "CohortFinding" ("lot", "board", "runId", "sequence", "against", "trait", "value", "read", "expected",
        "boards", "of", "policy", "foundAt")
      SELECT "lot", "board", "id", "sequence", 'lot', 'family', 'CKS32', 'CKS32', 'ST', 9, 9, 'note', "startedAt"
      FROM "Run" WHERE "sequence" % 29 = 0 AND "lot" IS NOT NULL`);
  })();
  database.close();
}
