import type { Transaction } from '../../persistence/database.ts';

/**
 * Whether the record knows a serial: it was given out, a board has or had it, or a run under it ended. By the primary
 * keys of `Serial` and `BoardSerial`, and `Run_serial_idx`.
 */
export async function isKnownSerial(transaction: Transaction, serial: string): Promise<boolean> {
  const rows = await transaction.$queryRaw<unknown[]>`
    SELECT 1 FROM "Serial" WHERE "value" = ${serial} AND "state" <> 'free'
    UNION ALL SELECT 1 FROM "BoardSerial" WHERE "serial" = ${serial}
    UNION ALL SELECT 1 FROM "Run" WHERE "serial" = ${serial} AND "outcome" IS NOT NULL LIMIT 1`;
  return rows.length > 0;
}
