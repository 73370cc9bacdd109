import type { StationEvent } from '@boardwalk/contracts';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import { asStation } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { LOG } from '../settings/tokens.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Reservation } from '../persistence/gen/client.ts';
import { Policy } from '../settings/policy.ts';
import { Reservations } from './reservations.ts';
import { ScanClock } from './scan-clock.ts';
import { ScanLedger } from './scan-ledger.ts';

const LOOK_MS = 1000;

/**
 * Ends what a scan put off and nobody took up: reservations whose time is over, and serials whose slot nobody named. At
 * a start everything that an earlier process left: nobody knows any more which board was in which slot.
 */
@Injectable()
export class ReservationExpiry implements OnModuleDestroy {
  #clock: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;

  constructor(
    private readonly database: Database,
    private readonly reservations: Reservations,
    private readonly ledger: ScanLedger,
    private readonly events: EventLog,
    private readonly policy: Policy,
    private readonly clock: ScanClock,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Ends what an earlier process left, then looks once a second. */
  async begin(): Promise<void> {
    await this.#end((transaction) => this.#all(transaction));
    this.#clock = setInterval(() => this.tick(), LOOK_MS);
  }

  /** Looks now, and shows what is reserved; what fails is tried again by the next look. */
  tick(): void {
    this.#looking ??= asStation(() => this.look())
      .catch((cause: unknown) => this.log.error({ err: cause }, 'reservations could not be ended'))
      .finally(() => (this.#looking = null));
  }

  async look(): Promise<void> {
    const now = this.clock.iso();
    if (await this.#anyDue(now)) await this.#end((transaction) => this.expire(transaction, now));
    await this.reservations.show(this.database, now);
  }

  async onModuleDestroy(): Promise<void> {
    if (this.#clock) clearInterval(this.#clock);
    await this.#looking;
  }

  /** Ends what is over at a time, within a transaction. */
  async expire(transaction: Transaction, now: string): Promise<StationEvent[]> {
    const over = await this.reservations.over(transaction, now);
    return [
      ...(await this.#expireRows(transaction, over, now, ({ serial, slot }) => this.#tooLate(serial, slot))),
      ...(await this.#expireAsked(transaction, this.#askedBefore(now), now)),
    ];
  }

  #tooLate(serial: string, slot: string): string {
    const board = serial === '' ? 'The board' : serial;
    return `${board} was not started in slot ${slot} within ${this.policy.settings.reserveSeconds} s. Scan it again.`;
  }

  async #all(transaction: Transaction): Promise<StationEvent[]> {
    const now = this.clock.iso();
    const rows = await transaction.reservation.findMany();
    return [
      ...(await this.#expireRows(
        transaction,
        rows,
        now,
        () => 'The station was started again. Scan the board again.',
      )),
      ...(await this.#expireAsked(transaction, now, now)),
    ];
  }

  async #expireRows(
    transaction: Transaction,
    rows: readonly Reservation[],
    now: string,
    reason: (row: Reservation) => string,
  ): Promise<StationEvent[]> {
    const told: StationEvent[] = [];
    for (const row of rows)
      told.push(...(await this.reservations.end(transaction, row, 'expired', reason(row))));
    for (const account of new Set(rows.map((row) => row.account)))
      await this.ledger.changed({ transaction, account, now, told });
    return told;
  }

  /** Serials that were scanned up to a time and ask still: for their slot, or for *again*. */
  async #expireAsked(transaction: Transaction, upTo: string, now: string): Promise<StationEvent[]> {
    const told: StationEvent[] = [];
    const rows = await transaction.scanChoice.findMany({
      where: { asks: { not: null }, changedAt: { lte: upTo } },
    });
    for (const { account, asks, scanId } of rows) {
      const reason = 'Nobody named its slot. Scan the board again.';
      if (asks === 'slot' && scanId !== null)
        await transaction.scan.update({ where: { id: scanId }, data: { fate: 'expired', reason } });
      await transaction.scanChoice.update({
        where: { account },
        data: { serial: null, scanId: null, asks: null, changedAt: now },
      });
      await this.ledger.changed({ transaction, account, now, told });
    }
    return told;
  }

  #askedBefore(now: string): string {
    return new Date(Date.parse(now) - this.policy.settings.reserveSeconds * 1000).toISOString();
  }

  async #anyDue(now: string): Promise<boolean> {
    const asked = { asks: { not: null }, changedAt: { lte: this.#askedBefore(now) } };
    const over = await this.reservations.over(this.database, now);
    return over.length > 0 || (await this.database.scanChoice.count({ where: asked })) > 0;
  }

  async #end(work: (transaction: Transaction) => Promise<StationEvent[]>): Promise<void> {
    this.events.publish(...(await this.database.commit(work)));
  }
}
