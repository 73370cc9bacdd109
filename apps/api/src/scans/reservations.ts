import type { StationEvent } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { JobBook } from '../jobs/job-book.ts';
import { endWaiting } from '../jobs/job-ends.ts';
import type { Database, Transaction } from '../persistence/database.ts';
import type { Reservation } from '../persistence/gen/client.ts';

type Reader = Database | Transaction;

/** How a reservation ends without a run. */
export type ReservationEnd = 'expired' | 'cancelled';

/** A reservation whose unit still waits, with the job of the unit. */
export type LiveReservation = Reservation & { readonly jobId: string };

/**
 * Slots that are kept for scanned boards. A row counts while its time lasts and its unit waits: the claim asks for both,
 * so a row that outlived its unit keeps no slot.
 */
@Injectable()
export class Reservations {
  constructor(
    private readonly bench: Bench,
    private readonly jobs: JobBook,
    private readonly events: EventLog,
  ) {}

  /** The reservations that count now, in the order in which they were made. */
  async live(reader: Reader, now: string): Promise<LiveReservation[]> {
    return reader.$queryRaw<LiveReservation[]>`
      SELECT r.*, u."jobId" FROM "Reservation" r JOIN "JobUnit" u ON u."id" = r."unitId" AND u."state" = 'queued'
      WHERE r."until" > ${now} ORDER BY r."unitId"`;
  }

  /**
   * Keeps a slot for a unit. `takeOut`: the board that is in it now is not the one meant.
   */
  async make(transaction: Transaction, row: Omit<Reservation, 'insertion'>, takeOut: boolean): Promise<void> {
    const insertion = takeOut ? (this.bench.slot(row.slot)?.insertion ?? null) : null;
    // A row that is left there counts no more: the slot was free.
    await transaction.reservation.deleteMany({ where: { slot: row.slot } });
    await transaction.reservation.create({ data: { ...row, insertion } });
  }

  /** The board in the slot is the one meant after all. */
  async runInPlace(transaction: Transaction, slot: string): Promise<void> {
    await transaction.reservation.update({ where: { slot }, data: { insertion: null } });
  }

  /** Ends a reservation; its unit ends with it, unless the unit waits for a person to decide about its board. */
  async end(
    transaction: Transaction,
    { slot, unitId }: Pick<Reservation, 'slot' | 'unitId'>,
    how: ReservationEnd,
    reason: string,
  ): Promise<StationEvent[]> {
    await transaction.reservation.deleteMany({ where: { slot, unitId } });
    const unit = await transaction.jobUnit.findUnique({ where: { id: unitId } });
    if (unit?.state !== 'queued' || (how === 'expired' && unit.heldBoard !== null)) return [];
    await transaction.jobUnit.update({ where: { id: unitId }, data: { state: 'cancelled', reason } });
    await transaction.scan.updateMany({ where: { unitId }, data: { fate: how, reason } });
    const left = await transaction.jobUnit.count({
      where: { jobId: unit.jobId, state: { in: ['queued', 'running'] } },
    });
    return left > 0
      ? [await this.jobs.settle(transaction, unit.jobId)]
      : endWaiting(transaction, this.events, { id: unit.jobId }, reason);
  }

  /** Shows on each slot for which board it is kept. */
  async show(reader: Reader, now: string): Promise<void> {
    const rows = new Map((await this.live(reader, now)).map((row) => [row.slot, row]));
    for (const slot of this.bench.slots) {
      const row = rows.get(slot.name);
      slot.setReserved(row === undefined ? null : { serial: row.serial, until: row.until });
    }
  }
}
