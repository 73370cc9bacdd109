import type { StationEvent, StationEventType } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../persistence/database.ts';
import { insertNumbered } from '../persistence/insert-rows.ts';

/** What an event of a type carries. */
export type EventData<Type extends StationEventType> = Extract<StationEvent, { type: Type }>['data'];

type Listener = (event: StationEvent) => void;

/** The committed event log. Listeners hear of an event after it was committed, in order of its id. */
@Injectable()
export class EventLog {
  readonly #listeners = new Set<Listener>();

  constructor(private readonly database: Database) {}

  /** Writes an event within a transaction; hand what it returns to {@link publish} once that has committed. */
  async append<Type extends StationEventType>(
    transaction: Transaction,
    type: Type,
    data: EventData<Type>,
  ): Promise<StationEvent> {
    const row = await transaction.event.create({
      data: { at: new Date().toISOString(), type, data: JSON.stringify(data) },
    });
    return { id: row.id, at: row.at, type, data } as StationEvent;
  }

  /** Several events at once, in their order: what many requests share costs one statement. */
  async appendAll(
    transaction: Transaction,
    entries: readonly { readonly type: StationEventType; readonly data: unknown }[],
  ): Promise<StationEvent[]> {
    const at = new Date().toISOString();
    const rows = entries.map(({ type, data }) => ({ at, type, data: JSON.stringify(data) }));
    const ids = await insertNumbered(transaction, 'Event', rows);
    return entries.map(({ type, data }, index) => ({ id: ids[index]!, at, type, data }) as StationEvent);
  }

  publish(...events: StationEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }

  /** An event of its own: committed, then published. */
  async record<Type extends StationEventType>(type: Type, data: EventData<Type>): Promise<void> {
    this.publish(await this.database.commit((transaction) => this.append(transaction, type, data)));
  }

  /** Committed events after an id, oldest first. */
  async after(id: number, limit: number): Promise<StationEvent[]> {
    const rows = await this.database.event.findMany({
      where: { id: { gt: id } },
      orderBy: { id: 'asc' },
      take: limit,
    });
    return rows.map(
      (row) =>
        ({ id: row.id, at: row.at, type: row.type, data: JSON.parse(row.data) as unknown }) as StationEvent,
    );
  }

  async lastId(): Promise<number> {
    const row = await this.database.event.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
    return row?.id ?? 0;
  }

  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
