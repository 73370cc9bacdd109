import { StationEvent, type StationEventType } from '@boardwalk/contracts';
import { link, ORIGIN, type ChainRow, type Head } from '@boardwalk/records';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../persistence/database.ts';
import { addChainRows } from '../store/record/add-chain-rows.ts';
import { callerNow, type Caller } from './caller.ts';
import { subjectOf, type ChangeType, type DataOf } from './subjects.ts';

/** What an event of a type carries. */
export type EventData<Type extends StationEventType> = DataOf<Type>;

interface Change {
  readonly type: StationEventType | ChangeType;
  readonly data: unknown;
  readonly caller?: Readonly<Caller>;
}

/** An event to be written, and who asked for it; without one, whoever the request at work is of. */
export interface Entry extends Change {
  readonly type: StationEventType;
}

type Listener = (event: StationEvent) => void;

/** What `GET /events` and `/live` show; the other rows are changes for the audit alone. */
const SHOWN: string[] = StationEvent.options.map((option) => option.shape.type.value);

/**
 * The committed event log and the record of every change: one append-only table whose rows are hash-chained
 * (libs/records). Listeners hear of an event after it was committed, in order of its id.
 */
@Injectable()
export class EventLog {
  readonly #listeners = new Set<Listener>();
  /** Where the chain stands inside a transaction that has added to it: it holds the write lock, so nobody else adds. */
  readonly #heads = new WeakMap<Transaction, Head>();

  constructor(private readonly database: Database) {}

  /**
   * Writes an event within a transaction; hand what it returns to {@link publish} once that has committed. `caller`
   * is who asked for it: the request's, unless the work was handed to a loop that serves several.
   */
  async append<Type extends StationEventType>(
    transaction: Transaction,
    type: Type,
    data: EventData<Type>,
    caller: Readonly<Caller> = callerNow(),
  ): Promise<StationEvent> {
    const [event] = await this.appendAll(transaction, [{ type, data, caller }]);
    return event!;
  }

  /**
   * Several events in their order, in one statement: what many requests share costs them once. Each may name its own
   * caller, since a group of requests runs in the context of one of them.
   */
  async appendAll(transaction: Transaction, entries: readonly Entry[]): Promise<StationEvent[]> {
    const rows = await this.#add(transaction, entries);
    return rows.map(
      ({ id, at, type }, index) => ({ id, at, type, data: entries[index]!.data }) as StationEvent,
    );
  }

  /** Writes a change that only the audit shows, within the transaction that makes it. `type` is `noun.verb`. */
  async change<Type extends ChangeType>(
    transaction: Transaction,
    type: Type,
    data: DataOf<Type>,
    caller: Readonly<Caller> = callerNow(),
  ): Promise<void> {
    await this.#add(transaction, [{ type, data, caller }]);
  }

  async #add(transaction: Transaction, changes: readonly Change[]): Promise<ChainRow[]> {
    const at = new Date().toISOString();
    let head = this.#heads.get(transaction) ?? (await this.#head(transaction));
    const rows = changes.map(({ type, data, caller: { actor, role, reason } = callerNow() }) => {
      const row = link(head, {
        at,
        type,
        subject: subjectOf(type, data as never),
        actor,
        role,
        reason,
        data,
      });
      head = { id: row.id, hash: row.hash };
      return row;
    });
    if (rows.length === 0) return rows;
    await addChainRows(transaction, rows);
    this.#heads.set(transaction, head);
    return rows;
  }

  /** The id that the next row of this transaction gets: the place in the record of what is stored with it. */
  async nextId(transaction: Transaction): Promise<number> {
    return (this.#heads.get(transaction) ?? (await this.#head(transaction))).id + 1;
  }

  async #head(transaction: Transaction): Promise<Head> {
    const select = { id: true, hash: true };
    return (await transaction.event.findFirst({ orderBy: { id: 'desc' }, select })) ?? ORIGIN;
  }

  publish(...events: StationEvent[]): void {
    for (const event of events) for (const listener of this.#listeners) listener(event);
  }

  /** An event of its own: committed, then published. */
  record<Type extends StationEventType>(type: Type, data: EventData<Type>): Promise<void> {
    return this.recordAll([{ type, data }]);
  }

  /** Events of one moment: committed together, then published. */
  async recordAll(entries: readonly Entry[]): Promise<void> {
    this.publish(...(await this.database.commit((transaction) => this.appendAll(transaction, entries))));
  }

  /** A change of its own that only the audit shows. */
  recordChange<Type extends ChangeType>(type: Type, data: DataOf<Type>): Promise<void> {
    return this.database.commit((transaction) => this.change(transaction, type, data));
  }

  /** Committed events after an id, oldest first; without those whose data retention has erased. */
  async after(id: number, limit: number): Promise<StationEvent[]> {
    const rows = await this.database.event.findMany({
      where: { id: { gt: id }, type: { in: SHOWN }, data: { not: null } },
      orderBy: { id: 'asc' },
      take: limit,
      select: { id: true, at: true, type: true, data: true },
    });
    return rows.map((row) => ({ ...row, data: JSON.parse(row.data!) as unknown }) as StationEvent);
  }

  async lastId(): Promise<number> {
    const row = await this.database.event.findFirst({ orderBy: { id: 'desc' }, select: { id: true } });
    return row?.id ?? 0;
  }

  /** The latest time in the record; null for an empty one. */
  async lastAt(): Promise<string | null> {
    const row = await this.database.event.findFirst({ orderBy: { id: 'desc' }, select: { at: true } });
    return row?.at ?? null;
  }

  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
