-- The plant's shifts, in its wall clock. A plan applies from its instant on until the next one; the earlier ones stay,
-- so that a report of last month counts by the shifts of last month.
-- "sequence": the row of the chain that says so. "shifts": JSON [{name, start, end}].
CREATE TABLE "ShiftPlan" (
  "sequence" INTEGER NOT NULL PRIMARY KEY, "since" TEXT NOT NULL, "shifts" TEXT NOT NULL, "author" TEXT NOT NULL
);
