import { OPEN_UNIT_STATES, type StationEvent } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { JobBook } from '../jobs/job-book.ts';
import { endWaiting } from '../units/job-ends.ts';
import type { Reader, Transaction } from '../persistence/database.ts';
import type { Reservation } from '../persistence/gen/client.ts';
import { Policy } from '../settings/policy.ts';
import { liveReservations } from '../store/queue/live-reservations.ts';
import { ScanClock } from './scan-clock.ts';

/** How a reservation ends without a run. */
export type ReservationEnd = 'expired' | 'cancelled';

/**
 * Slots that are kept for scanned boards. A row counts while its time lasts and its unit waits: the claim asks for both,
 * so a row that outlived its unit keeps no slot.
 */
@Injectable()
export class Reservations {
  /** Unit → when its reservation is over by the clock that nobody can set. None outlives this process. */
  readonly #deadlines = new Map<number, number>();

  constructor(
    private readonly bench: Bench,
    private readonly jobs: JobBook,
    private readonly events: EventLog,
    private readonly policy: Policy,
    private readonly clock: ScanClock,
  ) {}

  /** Reservations whose time is over, whatever became of the wall clock since. */
  async over(reader: Reader, now: string): Promise<Reservation[]> {
    const rows = await reader.reservation.findMany();
    const ms = this.clock.monotonicMs();
    return rows.filter(
      ({ unitId, until }) => until <= now || (this.#deadlines.get(unitId) ?? Infinity) <= ms,
    );
  }

  /**
   * Keeps a slot for a unit. `takeOut`: the board that is in it now is not the one meant.
   * @returns the time until which it is kept
   */
  async make(
    transaction: Transaction,
    kept: Pick<Reservation, 'slot' | 'unitId' | 'serial' | 'account'>,
    takeOut: boolean,
  ): Promise<string> {
    const { reserveSeconds } = this.policy.settings;
    const row = { ...kept, until: this.clock.after(reserveSeconds) };
    this.#deadlines.set(row.unitId, this.clock.monotonicMs() + reserveSeconds * 1000);
    const insertion = takeOut ? (this.bench.slot(row.slot)?.insertion ?? null) : null;
    // A row that is left there counts no more: the slot was free.
    await transaction.reservation.deleteMany({ where: { slot: row.slot } });
    await transaction.reservation.create({ data: { ...row, insertion } });
    return row.until;
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
    this.#deadlines.delete(unitId);
    const unit = await transaction.jobUnit.findUnique({ where: { id: unitId } });
    if (unit?.state !== 'queued' || (how === 'expired' && unit.heldBoard !== null)) return [];
    await transaction.jobUnit.update({ where: { id: unitId }, data: { state: 'cancelled', reason } });
    await transaction.scan.updateMany({ where: { unitId }, data: { fate: how, reason } });
    const left = await transaction.jobUnit.count({
      where: { jobId: unit.jobId, state: { in: [...OPEN_UNIT_STATES] } },
    });
    return left > 0
      ? [await this.jobs.settle(transaction, unit.jobId)]
      : endWaiting(transaction, this.events, { id: unit.jobId }, reason);
  }

  /** Shows on each slot for which board it is kept. */
  async show(reader: Reader, now: string): Promise<void> {
    const rows = new Map((await liveReservations(reader, now)).map((row) => [row.slot, row]));
    for (const slot of this.bench.slots) {
      const row = rows.get(slot.name);
      slot.setReserved(row === undefined ? null : { serial: row.serial, until: row.until });
    }
  }
}
