-- A run's and a job's place in the record: the id of the event that began it. Only grows; never a clock.
ALTER TABLE "Run" ADD COLUMN "sequence" INTEGER;
ALTER TABLE "Job" ADD COLUMN "sequence" INTEGER;
CREATE UNIQUE INDEX "Run_sequence_key" ON "Run" ("sequence");
CREATE UNIQUE INDEX "Job_sequence_key" ON "Job" ("sequence");

-- Who asked for it, and where the chips come from.
ALTER TABLE "Job" ADD COLUMN "author" TEXT;
ALTER TABLE "JobUnit" ADD COLUMN "again" TEXT;
ALTER TABLE "JobUnit" ADD COLUMN "reason" TEXT;
ALTER TABLE "JobUnit" ADD COLUMN "lot" TEXT;
ALTER TABLE "JobUnit" ADD COLUMN "heldBoard" INTEGER;
-- Each end of a run asks for its unit.
CREATE INDEX "JobUnit_runId_idx" ON "JobUnit" ("runId");
ALTER TABLE "WorkOrder" ADD COLUMN "author" TEXT;
ALTER TABLE "WorkOrder" ADD COLUMN "supplier" TEXT;
ALTER TABLE "WorkOrder" ADD COLUMN "serialRule" TEXT;
-- Boards whose latest attempt in this order is PASS; kept in the transactions that end runs.
ALTER TABLE "WorkOrder" ADD COLUMN "passed" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Recipe" ADD COLUMN "author" TEXT;
ALTER TABLE "Recipe" ADD COLUMN "onRecordDoubt" TEXT;
ALTER TABLE "Recipe" ADD COLUMN "allowBeyondStated" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Recipe" ADD COLUMN "part" TEXT;

ALTER TABLE "Run" ADD COLUMN "board" INTEGER;
ALTER TABLE "Run" ADD COLUMN "life" INTEGER;
ALTER TABLE "Run" ADD COLUMN "attempt" INTEGER;
ALTER TABLE "Run" ADD COLUMN "reference" TEXT;
ALTER TABLE "Run" ADD COLUMN "lot" TEXT;
ALTER TABLE "Run" ADD COLUMN "supplier" TEXT;
ALTER TABLE "Run" ADD COLUMN "again" TEXT;
-- The boards of old runs are found by them, and lists by unique id or serial go by sequence.
DROP INDEX "Run_uid_idx";
DROP INDEX "Run_serial_idx";
CREATE INDEX "Run_uid_sequence_idx" ON "Run" ("uid", "sequence");
CREATE INDEX "Run_serial_sequence_idx" ON "Run" ("serial", "sequence");
CREATE INDEX "Run_board_sequence_idx" ON "Run" ("board", "sequence");
CREATE INDEX "Run_jobId_board_idx" ON "Run" ("jobId", "board");

-- A chip with a number of its own. Found by plausible unique id, else by the board that has the serial.
CREATE TABLE "Board" (
  "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  "uid" TEXT, "serial" TEXT,
  "state" TEXT NOT NULL DEFAULT 'free', "heldAbout" TEXT, "heldReason" TEXT, "heldDetail" TEXT, "heldAt" TEXT,
  "reference" TEXT, "referenceNote" TEXT,
  "life" INTEGER NOT NULL DEFAULT 1, "mergedInto" INTEGER,
  "deviceId" TEXT, "dpidr" TEXT, "flashSizeKib" INTEGER, "verdict" TEXT, "resembles" TEXT,
  "firstSequence" INTEGER, "lastSequence" INTEGER, "firstSeenAt" TEXT, "lastSeenAt" TEXT,
  "firstOutcome" TEXT, "lastOutcome" TEXT, "lastReason" TEXT, "lastRun" TEXT,
  "runs" INTEGER NOT NULL DEFAULT 0, "attempts" INTEGER NOT NULL DEFAULT 0, "passes" INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX "Board_uid_key" ON "Board" ("uid");
CREATE INDEX "Board_lastSequence_idx" ON "Board" ("lastSequence");
CREATE INDEX "Board_state_idx" ON "Board" ("state", "number");

-- Every serial that a board has had. `current`: it is this board's now.
CREATE TABLE "BoardSerial" (
  "serial" TEXT NOT NULL, "board" INTEGER NOT NULL, "current" BOOLEAN NOT NULL DEFAULT true,
  "firstSequence" INTEGER, "lastSequence" INTEGER,
  PRIMARY KEY ("serial", "board")
);
CREATE INDEX "BoardSerial_board_idx" ON "BoardSerial" ("board");
CREATE INDEX "BoardSerial_holder_idx" ON "BoardSerial" ("serial", "current", "lastSequence");

-- A board's attempts at one recipe name (built-in recipe: at one image) in one life.
CREATE TABLE "BoardAttempts" (
  "board" INTEGER NOT NULL, "life" INTEGER NOT NULL, "recipe" TEXT NOT NULL, "attempts" INTEGER NOT NULL DEFAULT 0,
  "firstRun" TEXT, "firstSequence" INTEGER, "firstOutcome" TEXT, "lastRun" TEXT, "lastSequence" INTEGER, "lastOutcome" TEXT,
  PRIMARY KEY ("board", "life", "recipe")
);

-- What became of a board in an order: its latest attempt there.
CREATE TABLE "OrderBoard" (
  "workOrder" TEXT NOT NULL, "board" INTEGER NOT NULL, "lastRun" TEXT NOT NULL, "lastSequence" INTEGER NOT NULL,
  "lastOutcome" TEXT NOT NULL, "counts" BOOLEAN NOT NULL DEFAULT true,
  PRIMARY KEY ("workOrder", "board")
);
CREATE INDEX "OrderBoard_board_idx" ON "OrderBoard" ("board");

-- What a person decided about a board or a lot. `sequence`: the event that says so.
CREATE TABLE "Decision" (
  "sequence" INTEGER NOT NULL PRIMARY KEY, "board" INTEGER, "lot" TEXT, "about" TEXT NOT NULL, "decision" TEXT NOT NULL,
  "reason" TEXT NOT NULL, "serial" TEXT, "uid" TEXT, "decidedBy" TEXT NOT NULL, "role" TEXT NOT NULL, "decidedAt" TEXT NOT NULL
);
CREATE INDEX "Decision_board_idx" ON "Decision" ("board");
CREATE INDEX "Decision_lot_idx" ON "Decision" ("lot");
CREATE INDEX "Decision_uid_idx" ON "Decision" ("uid");

-- Doubt about records: one serial on two chips, one chip under two serials. Never an identity verdict.
CREATE TABLE "RecordFinding" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" TEXT NOT NULL, "serial" TEXT, "uid" TEXT,
  "board" INTEGER NOT NULL, "otherBoard" INTEGER, "otherSerial" TEXT, "otherUid" TEXT, "runId" TEXT, "otherAt" TEXT,
  "policy" TEXT NOT NULL, "foundAt" TEXT NOT NULL
);
CREATE INDEX "RecordFinding_board_idx" ON "RecordFinding" ("board");

-- A slot that a serial scan reserved: only its unit starts there. `insertion`: the board that was there then, if any,
-- is not the one meant.
CREATE TABLE "Reservation" (
  "slot" TEXT NOT NULL PRIMARY KEY, "unitId" INTEGER NOT NULL, "serial" TEXT NOT NULL, "account" TEXT NOT NULL,
  "insertion" INTEGER, "until" TEXT NOT NULL
);

-- This station, made at its first start.
CREATE TABLE "Station" ("id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "createdAt" TEXT NOT NULL);

-- Work that brings rows of an earlier version up to date in pages, and how far it is: `position` and `last` are places
-- in the record, `counted` and `total` are rows.
CREATE TABLE "Upgrade" (
  "name" TEXT NOT NULL PRIMARY KEY, "position" INTEGER NOT NULL DEFAULT 0, "last" INTEGER, "done" BOOLEAN NOT NULL DEFAULT false,
  "counted" INTEGER NOT NULL DEFAULT 0, "total" INTEGER NOT NULL DEFAULT 0
);
INSERT INTO "Upgrade" ("name") VALUES ('boards');

DROP VIEW "board_log";
CREATE VIEW "board_log" AS
SELECT
  "id" AS run_id, "startedAt" AS started_at, "finishedAt" AS finished_at, "station" AS station, "slot" AS slot,
  "probeSerial" AS probe_serial, "probeFirmware" AS probe_firmware, "operator" AS operator,
  "workOrder" AS work_order, "jobId" AS job_id, "serial" AS serial, "uid" AS uid, "deviceId" AS device_id,
  "dpidr" AS dpidr, "flashSizeKib" AS flash_size_kib, "targetVoltage" AS target_voltage,
  "dumpBeforeSha256" AS dump_before_sha256, "dumpAfterSha256" AS dump_after_sha256, "imageSha256" AS image_sha256,
  "verifyMethod" AS verify_method, "verdict" AS verdict, "resembles" AS resembles, "outcome" AS outcome,
  "reason" AS reason, "recipeName" AS recipe, "recipeRevision" AS recipe_revision, "lot" AS lot,
  "supplier" AS supplier, "sequence" AS sequence, "board" AS board, "attempt" AS attempt, "reference" AS reference
FROM "Run";

-- The station that holds a slot: leases are read by more than one station's tools.
ALTER TABLE "Lease" ADD COLUMN "station" TEXT;

-- Rows that the first versions wrote have their type as their subject; what they are about is named in their data.
CREATE INDEX "Event_unnamed_idx" ON "Event" ("type", json_extract("data", '$.id'), "id") WHERE "subject" = "type";

-- One row a change: the old value is the row before it about the same thing. Earlier versions wrote some subjects that two
-- things shared (a recipe's revisions, the serials of a run): there the identity in the data decides.
DROP VIEW "audit_log";
CREATE VIEW "audit_log" AS
SELECT
  "id" AS id, "at" AS at, "actor" AS actor, "role" AS role, "type" AS type, "subject" AS subject,
  (SELECT old."data" FROM "Event" AS old WHERE old."id" = coalesce(
    CASE
      WHEN now."subject" = now."type" THEN NULL
      -- A row of an earlier version: a serial under its run, a revision under its recipe.
      WHEN now."type" = 'serial.changed' AND now."subject" <> 'serial/' || json_extract(now."data", '$.value') THEN
        (SELECT last."id" FROM (
          SELECT before."id", before."data" FROM "Event" AS before
          WHERE before."subject" = now."subject" AND before."id" < now."id" ORDER BY before."id" DESC LIMIT 8) AS last
        WHERE json_extract(last."data", '$.value') = json_extract(now."data", '$.value') ORDER BY last."id" DESC LIMIT 1)
      WHEN now."type" IN ('recipe.added', 'recipe.changed')
        AND now."subject" <> 'recipe/' || json_extract(now."data", '$.name') || '/' || json_extract(now."data", '$.revision') THEN
        (SELECT before."id" FROM "Event" AS before
        WHERE before."subject" = now."subject" AND before."id" < now."id"
          AND json_extract(before."data", '$.revision') = json_extract(now."data", '$.revision')
        ORDER BY before."id" DESC LIMIT 1)
      ELSE
        (SELECT before."id" FROM "Event" AS before WHERE before."subject" = now."subject" AND before."id" < now."id"
        ORDER BY before."id" DESC LIMIT 1)
    END,
    -- The first row with a subject of today may follow rows of an earlier version.
    CASE
      WHEN now."type" IN ('recipe.added', 'recipe.changed') THEN
        (SELECT before."id" FROM "Event" AS before
        WHERE before."subject" = 'recipe/' || json_extract(now."data", '$.name') AND before."id" < now."id"
          AND json_extract(before."data", '$.revision') = json_extract(now."data", '$.revision')
        ORDER BY before."id" DESC LIMIT 1)
      WHEN now."type" = 'serial.changed' THEN
        (SELECT last."id" FROM (
          SELECT before."id", before."data" FROM "Event" AS before
          WHERE before."subject" = 'serial/' || json_extract(now."data", '$.runId') AND before."id" < now."id"
          ORDER BY before."id" DESC LIMIT 8) AS last
        WHERE json_extract(last."data", '$.value') = json_extract(now."data", '$.value') ORDER BY last."id" DESC LIMIT 1)
      WHEN now."type" IN ('job.changed', 'job.completed') THEN
        (SELECT max(before."id") FROM "Event" AS before
        WHERE before."type" IN ('job.created', 'job.changed', 'job.completed') AND before."subject" = before."type"
          AND json_extract(before."data", '$.id') = json_extract(now."data", '$.id') AND before."id" < now."id")
      WHEN now."type" = 'run.completed' THEN
        (SELECT max(before."id") FROM "Event" AS before
        WHERE before."type" = 'run.started' AND before."subject" = before."type"
          AND json_extract(before."data", '$.id') = json_extract(now."data", '$.id') AND before."id" < now."id")
    END)) AS old_value,
  "data" AS new_value, "reason" AS reason, "hash" AS hash
FROM "Event" AS now;
