import type { Database } from 'better-sqlite3';
import { hashOf, ORIGIN, sha256, type ChainRow } from './chain-row.ts';

/**
 * Links the rows that an earlier version wrote without a hash: they stand before every linked row, so the chain
 * begins with them. It proves that they did not change from now on. Once, in one transaction.
 */
export function sealUnlinkedRows(database: Database): number {
  const seal = database.transaction(() => {
    const rows = database.prepare(`SELECT * FROM "Event" WHERE "hash" = '' ORDER BY "id"`).all();
    const update = database.prepare(
      'UPDATE "Event" SET "id" = @id, "dataSha256" = @dataSha256, "previous" = @previous, "hash" = @hash WHERE "id" = @oldId',
    );
    let head = ORIGIN;
    for (const row of rows as (ChainRow & { data: string })[]) {
      const linked = { ...row, id: head.id + 1, dataSha256: sha256(row.data), previous: head.hash };
      const hash = hashOf(linked);
      update.run({ ...linked, hash, oldId: row.id });
      head = { id: linked.id, hash };
    }
    if (rows.length > 0)
      database.prepare(`UPDATE "sqlite_sequence" SET "seq" = ? WHERE "name" = 'Event'`).run(head.id);
    return rows.length;
  });
  return seal.immediate();
}
