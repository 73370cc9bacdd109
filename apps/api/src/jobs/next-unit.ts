import type { Transport } from '@boardwalk/contracts';
import type { Transaction } from '../persistence/database.ts';
import { mostUrgentJob, type OpenJob } from '../store/queue/most-urgent-job.ts';
import { ownUnit } from '../store/queue/own-unit.ts';
import { reservedUnit } from '../store/queue/reserved-unit.ts';
import { unitOfJob, type Fitting } from '../store/queue/unit-of-job.ts';
import type { UnitToRun } from '../store/queue/unit-to-run.ts';

/** A slot with a board that waits for work. */
export interface WaitingSlot {
  readonly name: string;
  /** Grows by one with each board that is put in. */
  readonly insertion: number;
  /** What a look at the chip has read. */
  readonly uid: string | null;
  readonly flashSizeKib: number | null;
  readonly deviceId: string | null;
  readonly transport: Transport;
  /** Jobs that this insertion has run already. */
  readonly served: ReadonlySet<string>;
}

/** The board in a slot, where the record knows it: its number and the serials that it has. */
export interface KnownBoard {
  readonly number: number;
  readonly serials: readonly string[];
}

/** A unit that a slot may try; `fits`: the record does not contradict its serial on this board. */
export interface Candidate extends UnitToRun {
  readonly fits: boolean;
}

/**
 * Finds units for a slot, one after the other, in the order in which they have a claim to its board: the unit that the
 * slot is reserved for, and no other; a unit that names the board's own serial; then the most urgent job's. Each step
 * is one query by indexes over what is open; the history's size does not matter. Asked within the transaction that
 * claims, so that the last place of an order is given once.
 */
export class UnitSearch {
  readonly #jobs: string[] = [];
  readonly #units: number[] = [];
  #stage: 'reserved' | 'own' | 'urgent' | 'over' = 'reserved';

  constructor(
    private readonly transaction: Transaction,
    private readonly slot: WaitingSlot,
    private readonly board: KnownBoard | null,
    private readonly now: string,
  ) {}

  /** The next unit that was not left out. */
  async next(): Promise<Candidate | null> {
    if (this.#stage === 'reserved') {
      const reservation = await this.#reservation();
      this.#stage = reservation ? 'over' : 'own';
      if (reservation) return this.#reservedUnit(reservation);
    }
    if (this.#stage === 'own') {
      const own = await this.#ownUnit();
      if (own) return own;
      this.#stage = 'urgent';
    }
    while (this.#stage === 'urgent') {
      const job = await this.#urgentJob();
      if (!job) this.#stage = 'over';
      else {
        const found = await this.#unitOf(job);
        if (found) return found;
        this.leaveJob(job.id);
      }
    }
    return null;
  }

  /** Goes on without this unit. */
  leaveUnit(id: number): void {
    this.#units.push(id);
  }

  /** Goes on without this job. */
  leaveJob(id: string): void {
    this.#jobs.push(id);
  }

  /** A reservation ends with its time, and when its unit waits no more. */
  async #reservation() {
    const row = await this.transaction.reservation.findUnique({ where: { slot: this.slot.name } });
    if (!row || row.until <= this.now) return null;
    const where = { id: row.unitId, state: 'queued' };
    return (await this.transaction.jobUnit.count({ where })) > 0 ? row : null;
  }

  /** A board that was in the socket when it was reserved is not the one that is meant. */
  async #reservedUnit({
    unitId,
    insertion,
  }: {
    unitId: number;
    insertion: number | null;
  }): Promise<Candidate | null> {
    if (insertion === this.slot.insertion) return null;
    return fitting(await reservedUnit(this.transaction, unitId, this.now));
  }

  async #ownUnit(): Promise<Candidate | null> {
    if (!this.board || this.board.serials.length === 0) return null;
    const left = { jobs: this.#jobs, units: this.#units };
    const { serials } = this.board;
    return fitting(await ownUnit(this.transaction, { serials, slot: this.slot.name, now: this.now, left }));
  }

  #urgentJob(): Promise<OpenJob | null> {
    const { name: slot, served } = this.slot;
    const board = this.board?.number ?? 0;
    return mostUrgentJob(this.transaction, { slot, served, board, now: this.now, left: this.#jobs });
  }

  /** The first unit of a job that the record does not contradict; else the first one. */
  async #unitOf(job: OpenJob): Promise<Candidate | null> {
    const find = (board: Fitting | null): Promise<UnitToRun | null> =>
      unitOfJob(this.transaction, { job, slot: this.slot.name, fitting: board, left: this.#units });
    if (job.bound || this.slot.uid === null) return fitting(await find(null));
    const found = await find(this.board ?? { number: 0, serials: [] });
    if (found) return fitting(found);
    const other = await find(null);
    return other && { ...other, fits: false };
  }
}

function fitting(unit: UnitToRun | null): Candidate | null {
  return unit && { ...unit, fits: true };
}
