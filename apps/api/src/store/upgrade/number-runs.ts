import type { Transaction } from '../../persistence/database.ts';

/** The runs of one board, or one run. */
export type Which = { readonly uid: string } | { readonly serial: string } | { readonly id: string };

/**
 * Gives these runs the place of the event that began them; runs without such an event keep none. By `Run_uid_idx`,
 * `Run_serial_idx` or the primary key, and by `Event_subject_id_idx` and `Event_unnamed_idx`.
 */
export async function numberRuns(transaction: Transaction, which: Which): Promise<void> {
  const [[column, value]] = Object.entries(which) as [[string, string]];
  await transaction.$executeRawUnsafe(
    `UPDATE "Run" SET "sequence" = coalesce(
      (SELECT min(e."id") FROM "Event" e WHERE e."subject" = 'run/' || "Run"."id" AND e."type" = 'run.started'),
      (SELECT min(e."id") FROM "Event" e WHERE e."subject" = e."type" AND e."type" = 'run.started'
        AND json_extract(e."data", '$.id') = "Run"."id"))
    WHERE "${column}" = ? AND "sequence" IS NULL`,
    value,
  );
}
