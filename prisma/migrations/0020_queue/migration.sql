-- Recipes are released by name; a revision says what it writes per unit.
ALTER TABLE "Recipe" ADD COLUMN "patches" TEXT NOT NULL DEFAULT '[]';
ALTER TABLE "Recipe" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'draft';
ALTER TABLE "Recipe" ADD COLUMN "signatures" TEXT NOT NULL DEFAULT '[]';

-- Work orders can be paused, held and closed, and begin and end by date.
ALTER TABLE "WorkOrder" ADD COLUMN "state" TEXT NOT NULL DEFAULT 'open';
ALTER TABLE "WorkOrder" ADD COLUMN "reason" TEXT;
ALTER TABLE "WorkOrder" ADD COLUMN "notBefore" TEXT;
ALTER TABLE "WorkOrder" ADD COLUMN "notAfter" TEXT;

-- The order of the queue: priority less the minute since when the job waits. It needs no clock to be compared.
ALTER TABLE "Job" ADD COLUMN "urgency" REAL NOT NULL DEFAULT 0;
UPDATE "Job" SET "urgency" = "priority" - (julianday("createdAt") - 2440587.5) * 1440.0;
CREATE INDEX "Job_waiting_idx" ON "Job" ("urgency" DESC, "createdAt", "id") WHERE "state" IN ('queued', 'running');
CREATE INDEX "Job_createdAt_id_idx" ON "Job" ("createdAt", "id");
CREATE INDEX "Job_workOrder_idx" ON "Job" ("workOrder");
CREATE INDEX "Run_workOrder_outcome_idx" ON "Run" ("workOrder", "outcome");
CREATE INDEX "JobUnit_jobId_slot_state_idx" ON "JobUnit" ("jobId", "slot", "state");

ALTER TABLE "JobUnit" ADD COLUMN "data" TEXT;
ALTER TABLE "Run" ADD COLUMN "patches" TEXT;
ALTER TABLE "IdempotencyKey" ADD COLUMN "status" INTEGER NOT NULL DEFAULT 201;
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey" ("createdAt");

-- Numbers that boards are given. That none is given twice is the primary key's to guard, over all ranges.
CREATE TABLE "SerialRange" (
  "name" TEXT NOT NULL PRIMARY KEY, "description" TEXT NOT NULL, "source" TEXT NOT NULL, "format" TEXT,
  "first" REAL NOT NULL, "last" REAL NOT NULL, "next" REAL NOT NULL, "createdAt" TEXT NOT NULL
);
CREATE TABLE "Serial" (
  "value" TEXT NOT NULL PRIMARY KEY, "range" TEXT NOT NULL, "position" REAL NOT NULL, "state" TEXT NOT NULL,
  "runId" TEXT, "jobId" TEXT, "slot" TEXT, "uid" TEXT, "reason" TEXT, "changedAt" TEXT NOT NULL
);
CREATE UNIQUE INDEX "Serial_range_position_key" ON "Serial" ("range", "position");
CREATE INDEX "Serial_range_state_position_idx" ON "Serial" ("range", "state", "position");
CREATE INDEX "Serial_runId_idx" ON "Serial" ("runId");
