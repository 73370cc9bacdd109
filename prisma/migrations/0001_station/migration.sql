CREATE TABLE "Image" (
  "id" TEXT NOT NULL PRIMARY KEY, "name" TEXT NOT NULL, "format" TEXT NOT NULL, "segments" TEXT NOT NULL,
  "bytes" INTEGER NOT NULL, "fileBytes" INTEGER NOT NULL, "createdAt" TEXT NOT NULL
);
CREATE TABLE "Recipe" (
  "name" TEXT NOT NULL, "revision" INTEGER NOT NULL, "description" TEXT NOT NULL, "image" TEXT NOT NULL,
  "steps" TEXT NOT NULL, "timeoutSeconds" REAL NOT NULL, "createdAt" TEXT NOT NULL,
  PRIMARY KEY ("name", "revision")
);
CREATE TABLE "WorkOrder" (
  "id" TEXT NOT NULL PRIMARY KEY, "recipeName" TEXT NOT NULL, "recipeRevision" INTEGER NOT NULL,
  "quantity" INTEGER NOT NULL, "lot" TEXT, "createdAt" TEXT NOT NULL
);
CREATE TABLE "Job" (
  "id" TEXT NOT NULL PRIMARY KEY, "state" TEXT NOT NULL, "recipeName" TEXT NOT NULL,
  "recipeRevision" INTEGER NOT NULL, "image" TEXT NOT NULL, "workOrder" TEXT, "priority" INTEGER NOT NULL,
  "notBefore" TEXT, "notAfter" TEXT, "clientRef" TEXT, "reason" TEXT, "createdAt" TEXT NOT NULL, "finishedAt" TEXT
);
CREATE INDEX "Job_state_idx" ON "Job" ("state");
CREATE TABLE "JobUnit" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "jobId" TEXT NOT NULL, "serial" TEXT, "slot" TEXT,
  "state" TEXT NOT NULL, "runId" TEXT,
  CONSTRAINT "JobUnit_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "Job" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "JobUnit_jobId_state_idx" ON "JobUnit" ("jobId", "state");
CREATE INDEX "JobUnit_state_idx" ON "JobUnit" ("state");
CREATE TABLE "Run" (
  "id" TEXT NOT NULL PRIMARY KEY, "jobId" TEXT NOT NULL, "slot" TEXT NOT NULL, "portPath" TEXT NOT NULL,
  "recipeName" TEXT NOT NULL, "recipeRevision" INTEGER NOT NULL, "imageSha256" TEXT NOT NULL, "workOrder" TEXT,
  "operator" TEXT, "serial" TEXT, "uid" TEXT, "probeSerial" TEXT, "probeFirmware" TEXT, "startedAt" TEXT NOT NULL,
  "finishedAt" TEXT, "outcome" TEXT, "reason" TEXT, "detail" TEXT, "remedy" TEXT, "identity" TEXT,
  "assessment" TEXT, "targetVoltage" REAL, "deviceId" TEXT, "dpidr" TEXT, "flashSizeKib" INTEGER, "verdict" TEXT,
  "resembles" TEXT, "dumpBeforeSha256" TEXT, "dumpAfterSha256" TEXT, "verify" TEXT, "verifyMethod" TEXT,
  "station" TEXT NOT NULL, "stationVersion" TEXT NOT NULL, "virtual" BOOLEAN NOT NULL
);
CREATE INDEX "Run_jobId_idx" ON "Run" ("jobId");
CREATE INDEX "Run_uid_idx" ON "Run" ("uid");
CREATE INDEX "Run_serial_idx" ON "Run" ("serial");
CREATE INDEX "Run_startedAt_id_idx" ON "Run" ("startedAt", "id");
CREATE TABLE "RunStep" (
  "runId" TEXT NOT NULL, "index" INTEGER NOT NULL, "step" TEXT NOT NULL, "state" TEXT NOT NULL,
  "startedAt" TEXT NOT NULL, "durationMs" REAL, "detail" TEXT NOT NULL, "code" TEXT, "remedy" TEXT,
  "measurements" TEXT NOT NULL,
  PRIMARY KEY ("runId", "index"),
  CONSTRAINT "RunStep_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE TABLE "Event" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, "type" TEXT NOT NULL, "data" TEXT NOT NULL
);
CREATE TABLE "Lease" ("slot" TEXT NOT NULL PRIMARY KEY, "fence" INTEGER NOT NULL, "runId" TEXT NOT NULL);

-- One row a run, for whoever opens the file.
CREATE VIEW "board_log" AS
SELECT
  "id" AS run_id, "startedAt" AS started_at, "finishedAt" AS finished_at, "station" AS station, "slot" AS slot,
  "probeSerial" AS probe_serial, "probeFirmware" AS probe_firmware, "operator" AS operator,
  "workOrder" AS work_order, "jobId" AS job_id, "serial" AS serial, "uid" AS uid, "deviceId" AS device_id,
  "dpidr" AS dpidr, "flashSizeKib" AS flash_size_kib, "targetVoltage" AS target_voltage,
  "dumpBeforeSha256" AS dump_before_sha256, "dumpAfterSha256" AS dump_after_sha256, "imageSha256" AS image_sha256,
  "verifyMethod" AS verify_method, "verdict" AS verdict, "resembles" AS resembles, "outcome" AS outcome,
  "reason" AS reason
FROM "Run";
