-- What the boards of a lot show, counted as they come: a comparison reads a few rows, however many boards the lot has.
-- A row of LotBoard is a board's place in a lot: what its latest identity showed, and the traits in which it was unlike
-- the others, joined by commas.
CREATE TABLE "LotBoard" (
  "lot" TEXT NOT NULL, "board" INTEGER NOT NULL, "sequence" INTEGER NOT NULL,
  "revision" TEXT, "bootRom" TEXT, "core" TEXT, "family" TEXT, "eraseTime" TEXT, "halfWordTime" TEXT,
  "unlike" TEXT,
  PRIMARY KEY ("lot", "board")
);
CREATE INDEX "LotBoard_board_idx" ON "LotBoard" ("board");
CREATE INDEX "LotBoard_lot_sequence_idx" ON "LotBoard" ("lot", "sequence");
CREATE INDEX "LotBoard_unlike_idx" ON "LotBoard" ("lot") WHERE "unlike" IS NOT NULL;
-- In how many boards of a lot a trait has a value, and how many of them were unlike the lot by it. `acceptedBy`: the decision that accepted the value for the lot.
CREATE TABLE "LotTrait" (
  "lot" TEXT NOT NULL, "trait" TEXT NOT NULL, "value" TEXT NOT NULL, "boards" INTEGER NOT NULL,
  "unlike" INTEGER NOT NULL DEFAULT 0, "acceptedBy" INTEGER,
  PRIMARY KEY ("lot", "trait", "value")
);
CREATE INDEX "LotTrait_usual_idx" ON "LotTrait" ("lot", "trait", "boards" DESC);
-- That a board was unlike its lot (or, with no lot to compare, the golden boards), and what was done about it.
CREATE TABLE "CohortFinding" (
  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, "lot" TEXT, "board" INTEGER NOT NULL, "runId" TEXT NOT NULL,
  "sequence" INTEGER NOT NULL, "against" TEXT NOT NULL, "trait" TEXT NOT NULL, "value" TEXT NOT NULL,
  "read" TEXT NOT NULL, "expected" TEXT NOT NULL, "boards" INTEGER NOT NULL, "of" INTEGER NOT NULL,
  "policy" TEXT NOT NULL, "foundAt" TEXT NOT NULL
);
CREATE INDEX "CohortFinding_board_idx" ON "CohortFinding" ("board");
CREATE INDEX "CohortFinding_lot_idx" ON "CohortFinding" ("lot", "sequence");
-- A stored identity judged again by newer rules. The run keeps what was said at the time.
CREATE TABLE "Reassessment" (
  "runId" TEXT NOT NULL PRIMARY KEY, "modelVersion" INTEGER NOT NULL, "verdict" TEXT NOT NULL, "resembles" TEXT,
  "difference" TEXT, "strength" TEXT, "summary" TEXT NOT NULL, "assessment" TEXT NOT NULL, "at" TEXT NOT NULL
);
ALTER TABLE "Recipe" ADD COLUMN "onCohortChange" TEXT;
ALTER TABLE "Run" ADD COLUMN "difference" TEXT;
ALTER TABLE "Board" ADD COLUMN "difference" TEXT;
-- Golden and known-bad boards are few.
CREATE INDEX "Board_reference_idx" ON "Board" ("reference") WHERE "reference" IS NOT NULL;
-- The runs of a lot, for its report.
CREATE INDEX "Run_lot_idx" ON "Run" ("lot", "sequence") WHERE "lot" IS NOT NULL;
