import type { Reader } from '../../persistence/database.ts';
import type { Reservation } from '../../persistence/gen/client.ts';

/** A reservation whose unit still waits, with the job of the unit. */
export type LiveReservation = Reservation & { readonly jobId: string };

/** The reservations that count at `now` (RFC 3339, UTC), in the order in which they were made: one a slot at most. */
export function liveReservations(reader: Reader, now: string): Promise<LiveReservation[]> {
  return reader.$queryRaw<LiveReservation[]>`
      SELECT r.*, u."jobId" FROM "Reservation" r JOIN "JobUnit" u ON u."id" = r."unitId" AND u."state" = 'queued'
      WHERE r."until" > ${now} ORDER BY r."unitId"`;
}
