import { ulid } from 'ulid';
import type { EventLog } from '../events/event-log.ts';
import type { Database } from '../persistence/database.ts';

/**
 * The station's id, made at its first start and kept for ever; its name may change. A new id or name is an event, so
 * the chain says whose record it is.
 */
export async function nameStation(database: Database, events: EventLog, name: string): Promise<string> {
  return database.commit(async (transaction) => {
    const known = await transaction.station.findFirst();
    if (known?.name === name) return known.id;
    const id = known?.id ?? `stn_${ulid()}`;
    const createdAt = known?.createdAt ?? new Date().toISOString();
    const row = { id, name, createdAt };
    await transaction.station.upsert({ where: { id }, create: row, update: { name } });
    await events.append(transaction, 'station.named', { id, name });
    return id;
  });
}
