CREATE TABLE "IdempotencyKey" (
  "key" TEXT NOT NULL PRIMARY KEY, "fingerprint" TEXT NOT NULL, "response" TEXT NOT NULL, "createdAt" TEXT NOT NULL
);
