import type { SerialPlace } from '@boardwalk/work';
import type { Reader } from '../../persistence/database.ts';

/**
 * Where some serials wait or run now. Costs what is open, however long the history: `JobUnit_waiting_serial_idx`, and
 * the leases, one a slot, with the runs' primary key. Serials from a range are on their runs only; requested ones are
 * on their units too.
 */
export async function serialPlaces(
  reader: Reader,
  serials: readonly string[],
): Promise<Map<string, SerialPlace>> {
  if (serials.length === 0) return new Map();
  const given = JSON.stringify(serials);
  const rows = await reader.$queryRaw<(SerialPlace & { serial: string })[]>`
    SELECT u."serial", u."jobId", u."slot", 'waiting' AS "state" FROM json_each(${given}) s
    CROSS JOIN "JobUnit" u ON u."serial" = s."value" AND u."state" = 'queued'
    UNION ALL
    SELECT r."serial", r."jobId", r."slot", 'running' FROM "Lease" l JOIN "Run" r ON r."id" = l."runId"
    WHERE l."runId" <> '' AND r."serial" IN (SELECT "value" FROM json_each(${given}))`;
  return new Map(rows.map(({ serial, ...place }) => [serial, place]));
}
