-- Every code that was scanned. `code` is null where it could be a secret. `fate` is stored where no unit says it:
-- refused, expired, cancelled, or waiting for its slot to be named; null without a unit: it was no board's code.
CREATE TABLE "Scan" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "sequence" INTEGER NOT NULL, "at" TEXT NOT NULL,
  "account" TEXT NOT NULL, "code" TEXT, "meaning" TEXT NOT NULL, "serial" TEXT, "slot" TEXT, "workOrder" TEXT,
  "unitId" INTEGER, "fate" TEXT, "reason" TEXT
);
CREATE INDEX "Scan_at_idx" ON "Scan" ("at");
CREATE INDEX "Scan_unitId_idx" ON "Scan" ("unitId");

-- The choices of each operator. `serial` was scanned (in `scanId`) and `asks` for its slot, or for *again*.
CREATE TABLE "ScanChoice" (
  "account" TEXT NOT NULL PRIMARY KEY, "workOrder" TEXT, "recipe" TEXT, "slot" TEXT, "lot" TEXT, "again" TEXT,
  "serial" TEXT, "scanId" INTEGER, "asks" TEXT, "changedAt" TEXT NOT NULL
);

-- Names without case and blanks, as a code is looked up that differs from one only in these.
CREATE INDEX "WorkOrder_folded_idx" ON "WorkOrder" (lower(replace("id", ' ', '')));
CREATE INDEX "Recipe_folded_idx" ON "Recipe" (lower(replace("name", ' ', '')));

-- One row a scanned code, with what became of it: codes scanned = started + waiting + held + refused + expired + cancelled.
CREATE VIEW "scan_log" AS
SELECT
  s."id" AS scan_id, s."sequence" AS sequence, s."at" AS scanned_at, s."account" AS operator, s."meaning" AS meaning,
  s."code" AS code, s."serial" AS serial, s."slot" AS slot, s."workOrder" AS work_order, u."jobId" AS job_id,
  u."runId" AS run_id,
  CASE
    WHEN u."runId" IS NOT NULL THEN 'started'
    WHEN s."fate" IS NOT NULL THEN s."fate"
    WHEN u."id" IS NULL THEN NULL
    WHEN u."state" = 'queued' AND u."heldBoard" IS NOT NULL THEN 'held'
    WHEN u."state" = 'queued' THEN 'waiting'
    WHEN u."state" = 'cancelled' THEN 'cancelled'
    ELSE 'refused'
  END AS fate,
  COALESCE(s."reason", u."reason") AS reason
FROM "Scan" s LEFT JOIN "JobUnit" u ON u."id" = s."unitId";
