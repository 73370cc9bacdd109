-- Which reference boards open a slot for a shift before boards of this recipe run in it; null: none.
ALTER TABLE "Recipe" ADD COLUMN "openShift" TEXT;
-- The latest run of a golden or known-bad board in a slot: it opens the slot, or it does not. Reference boards are few.
CREATE INDEX "Run_reference_idx" ON "Run" ("recipeName", "recipeRevision", "slot", "reference", "sequence")
  WHERE "reference" IS NOT NULL;
