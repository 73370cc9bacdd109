-- The event log becomes the hash-chained record: who, when, what, the new value and why. Rows of an earlier version
-- get their hash ('' until then) at the first start, in their order; see libs/records/src/chain/seal.ts.
ALTER TABLE "Event" RENAME TO "EventBefore";
CREATE TABLE "Event" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "at" TEXT NOT NULL, "type" TEXT NOT NULL, "subject" TEXT NOT NULL,
  "actor" TEXT NOT NULL, "role" TEXT NOT NULL, "reason" TEXT, "data" TEXT, "dataSha256" TEXT NOT NULL,
  "previous" TEXT NOT NULL, "hash" TEXT NOT NULL
);
INSERT INTO "Event" ("id", "at", "type", "subject", "actor", "role", "reason", "data", "dataSha256", "previous", "hash")
SELECT "id", "at", "type", "type", 'station', 'station', NULL, "data", '', '', '' FROM "EventBefore" ORDER BY "id";
DROP TABLE "EventBefore";
CREATE INDEX "Event_subject_id_idx" ON "Event" ("subject", "id");
CREATE INDEX "Event_type_id_idx" ON "Event" ("type", "id");

-- Nothing is taken out. Nothing is changed but an unlinked row's hash, once, and old data to nothing.
CREATE TRIGGER "Event_no_delete" BEFORE DELETE ON "Event"
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;
CREATE TRIGGER "Event_no_update" BEFORE UPDATE ON "Event"
WHEN OLD."hash" <> '' AND NOT (
  NEW."data" IS NULL AND NEW."id" = OLD."id" AND NEW."at" = OLD."at" AND NEW."type" = OLD."type"
  AND NEW."subject" = OLD."subject" AND NEW."actor" = OLD."actor" AND NEW."role" = OLD."role"
  AND NEW."reason" IS OLD."reason" AND NEW."dataSha256" = OLD."dataSha256" AND NEW."previous" = OLD."previous"
  AND NEW."hash" = OLD."hash"
  AND OLD."type" IN ('slot.changed', 'run.step', 'probe.connected', 'probe.lost', 'probe.quarantined', 'probe.recovered')
)
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;
-- A row follows the last one, whoever writes it: the chain cannot fork.
CREATE TRIGGER "Event_linked" BEFORE INSERT ON "Event"
WHEN NEW."previous" <> coalesce((SELECT "hash" FROM "Event" ORDER BY "id" DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000')
  OR NEW."id" <> coalesce((SELECT "id" FROM "Event" ORDER BY "id" DESC LIMIT 1), 0) + 1
  OR length(NEW."hash") <> 64 OR NEW."data" IS NULL
BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;

-- One row a change, for whoever opens the file: the old value is the row before it of the same subject.
CREATE VIEW "audit_log" AS
SELECT
  "id" AS id, "at" AS at, "actor" AS actor, "role" AS role, "type" AS type, "subject" AS subject,
  (SELECT before."data" FROM "Event" AS before WHERE before."subject" = now."subject" AND before."id" < now."id"
    ORDER BY before."id" DESC LIMIT 1) AS old_value,
  "data" AS new_value, "reason" AS reason, "hash" AS hash
FROM "Event" AS now;
