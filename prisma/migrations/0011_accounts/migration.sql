-- Who may do what. Secrets stand here as digests only; see libs/records/src/accounts/secrets.ts.
CREATE TABLE "Account" (
  "name" TEXT NOT NULL PRIMARY KEY, "role" TEXT NOT NULL, "createdAt" TEXT NOT NULL, "revokedAt" TEXT,
  "badgeHash" TEXT, "passwordHash" TEXT,
  CHECK ("role" IN ('operator', 'engineer', 'quality', 'admin', 'mes'))
);
CREATE UNIQUE INDEX "Account_badgeHash_key" ON "Account" ("badgeHash");
CREATE TABLE "AccessToken" (
  "sha256" TEXT NOT NULL PRIMARY KEY, "account" TEXT NOT NULL, "kind" TEXT NOT NULL, "createdAt" TEXT NOT NULL,
  "expiresAt" TEXT, "revokedAt" TEXT,
  CONSTRAINT "AccessToken_account_fkey" FOREIGN KEY ("account") REFERENCES "Account" ("name") ON DELETE RESTRICT ON UPDATE CASCADE,
  CHECK ("kind" IN ('token', 'session'))
);
CREATE INDEX "AccessToken_account_idx" ON "AccessToken" ("account");
-- One salt for all badges of this station: a scan names no account, so a badge is found by its digest.
CREATE TABLE "BadgeSalt" ("id" INTEGER NOT NULL PRIMARY KEY CHECK ("id" = 1), "salt" TEXT NOT NULL);
INSERT INTO "BadgeSalt" VALUES (1, lower(hex(randomblob(16))));
