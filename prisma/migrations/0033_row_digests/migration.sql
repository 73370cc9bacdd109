-- The rows of tables that the open transaction has changed, with their text before it; empty after each commit. The
-- triggers that write here are made by libs/records/src/rows/triggers.ts, from one list of tables.
CREATE TABLE "Touched" (
  "table" TEXT NOT NULL, "key" TEXT NOT NULL, "before" TEXT, PRIMARY KEY ("table", "key")
) WITHOUT ROWID;

-- The digest of each row that is older than the digests in the chain, once, and how far that work is.
CREATE TABLE "Sealed" (
  "table" TEXT NOT NULL, "key" TEXT NOT NULL, "digest" TEXT NOT NULL, PRIMARY KEY ("table", "key")
) WITHOUT ROWID;
CREATE TABLE "Sealing" (
  "table" TEXT NOT NULL PRIMARY KEY, "position" INTEGER NOT NULL DEFAULT 0, "done" BOOLEAN NOT NULL DEFAULT false
);

-- A record's generations: one begins when it is made, another with each restore, because ids after that are given again.
-- `closed`: what was given since the backup is not known, so no serial is given until a person opens the station.
CREATE TABLE "Generation" (
  "number" INTEGER NOT NULL PRIMARY KEY, "id" TEXT NOT NULL, "startedAt" TEXT NOT NULL, "why" TEXT NOT NULL,
  "closed" BOOLEAN NOT NULL DEFAULT false, "openedBy" TEXT, "openedAt" TEXT
);
INSERT INTO "Generation" ("number", "id", "startedAt", "why")
VALUES (1, 'gen_' || lower(hex(randomblob(10))), strftime('%Y-%m-%dT%H:%M:%fZ', 'now'), 'created');
