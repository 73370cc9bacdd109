-- The claim and the door ask for units by serial, by the board that they wait for, by what they say. Each index has
-- only the rows that can be asked for, so it costs what is open, however long the history is.
CREATE INDEX "JobUnit_waiting_serial_idx" ON "JobUnit" ("serial") WHERE "state" = 'queued' AND "serial" IS NOT NULL;
CREATE INDEX "JobUnit_waiting_again_idx" ON "JobUnit" ("jobId") WHERE "state" = 'queued' AND "again" IS NOT NULL;
CREATE INDEX "JobUnit_waiting_board_idx" ON "JobUnit" ("heldBoard") WHERE "state" = 'queued' AND "heldBoard" IS NOT NULL;
CREATE INDEX "JobUnit_reason_idx" ON "JobUnit" ("jobId") WHERE "reason" IS NOT NULL;
