-- An image is known by what it puts into flash; the files that it came in are rows of their own.
-- "stack": the initial stack pointer by which a raw file was taken for firmware; null where nothing rests on it.
CREATE TABLE "ImageFile" (
  "image" TEXT NOT NULL, "fileSha256" TEXT NOT NULL, "name" TEXT NOT NULL, "format" TEXT NOT NULL, "at" TEXT,
  "raw" BOOLEAN NOT NULL, "stack" INTEGER, "fileBytes" INTEGER NOT NULL, "createdAt" TEXT NOT NULL,
  PRIMARY KEY ("image", "fileSha256"),
  CONSTRAINT "ImageFile_image_fkey" FOREIGN KEY ("image") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "ImageFile_fileSha256_idx" ON "ImageFile" ("fileSha256");
CREATE INDEX "Image_createdAt_id_idx" ON "Image" ("createdAt", "id");

-- Ids of earlier versions name their image for ever: the record keeps the ones it was written with.
CREATE TABLE "ImageAlias" (
  "id" TEXT NOT NULL PRIMARY KEY, "image" TEXT NOT NULL,
  CONSTRAINT "ImageAlias_image_fkey" FOREIGN KEY ("image") REFERENCES "Image" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "ImageAlias_image_idx" ON "ImageAlias" ("image");

-- Until now an image's id was the SHA-256 of its file. The new one needs the file's content, which the station reads at
-- its next start; "problem" says why that was not possible.
CREATE TABLE "ImageToName" ("id" TEXT NOT NULL PRIMARY KEY, "problem" TEXT);
INSERT INTO "ImageToName" ("id") SELECT "id" FROM "Image";
-- A raw image of an earlier version is taken as it is, as it was then.
INSERT INTO "ImageFile" ("image", "fileSha256", "name", "format", "at", "raw", "fileBytes", "createdAt")
SELECT "id", "id", "name", "format",
  CASE WHEN "format" = 'bin' THEN coalesce(json_extract("segments", '$[0].address'), '0x08000000') END,
  "format" = 'bin', "fileBytes", "createdAt"
FROM "Image";

-- The file by which an image was named, or else the first one it came in.
ALTER TABLE "Recipe" ADD COLUMN "imageFileSha256" TEXT;
ALTER TABLE "Job" ADD COLUMN "imageFileSha256" TEXT;
ALTER TABLE "Run" ADD COLUMN "imageFileSha256" TEXT;
UPDATE "Recipe" SET "imageFileSha256" = "image";
UPDATE "Job" SET "imageFileSha256" = "image";
UPDATE "Run" SET "imageFileSha256" = "imageSha256";

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
  "supplier" AS supplier, "sequence" AS sequence, "board" AS board, "attempt" AS attempt, "reference" AS reference,
  "imageFileSha256" AS image_file_sha256
FROM "Run";
