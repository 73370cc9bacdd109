-- A key belongs to the caller that sent it, so that nobody takes another's. Keys of an earlier version say no caller.
ALTER TABLE "IdempotencyKey" RENAME TO "IdempotencyKeyBefore";
CREATE TABLE "IdempotencyKey" (
  "caller" TEXT NOT NULL, "key" TEXT NOT NULL, "fingerprint" TEXT NOT NULL, "response" TEXT NOT NULL,
  "createdAt" TEXT NOT NULL, "status" INTEGER NOT NULL DEFAULT 201,
  PRIMARY KEY ("caller", "key")
);
INSERT INTO "IdempotencyKey" ("caller", "key", "fingerprint", "response", "createdAt", "status")
SELECT '', "key", "fingerprint", "response", "createdAt", "status" FROM "IdempotencyKeyBefore";
DROP TABLE "IdempotencyKeyBefore";
CREATE INDEX "IdempotencyKey_createdAt_idx" ON "IdempotencyKey" ("createdAt");
