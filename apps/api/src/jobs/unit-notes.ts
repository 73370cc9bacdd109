import type { StationEvent } from '@boardwalk/contracts';
import type { Said } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import { JobBook } from './job-book.ts';
import { jobIn } from '../units/job-rows.ts';
import type { UnitWithJob } from '../store/queue/unit-to-run.ts';

/** A free unit does not wait because of these: another board may come for it, or another slot. */
const OF_THE_BOARD: ReadonlySet<string> = new Set([
  ...['passed-already', 'board-busy', 'slot-not-open', 'reference-board'],
]);

/** What units say about why they wait, or why they ended without a run. */
@Injectable()
export class UnitNotes {
  constructor(
    private readonly jobs: JobBook,
    private readonly events: EventLog,
  ) {}

  /** The unit stays in the queue and says why; one that waits for another board already says so still. */
  async waits(
    transaction: Transaction,
    unit: UnitWithJob,
    { reason, sentence }: Said,
    heldBoard: number | null,
  ): Promise<StationEvent[]> {
    if (unit.reason === sentence && unit.heldBoard === heldBoard) return [];
    if (unit.slot === null && OF_THE_BOARD.has(reason)) return [];
    if (unit.heldBoard !== null && unit.heldBoard !== heldBoard) return [];
    await transaction.jobUnit.update({ where: { id: unit.id }, data: { reason: sentence, heldBoard } });
    return [await this.#changed(transaction, unit.jobId)];
  }

  /** The unit ends without a run. */
  async ends(
    transaction: Transaction,
    { id, jobId }: Pick<UnitWithJob, 'id' | 'jobId'>,
    state: 'done' | 'refused',
    reason: string,
  ): Promise<StationEvent> {
    await transaction.jobUnit.update({ where: { id }, data: { state, reason, heldBoard: null } });
    return this.jobs.settle(transaction, jobId);
  }

  /** A person has decided about the board that the unit waits for: it may start, also where the board has passed. */
  async goesOn(
    transaction: Transaction,
    { id, jobId }: Pick<UnitWithJob, 'id' | 'jobId'>,
    reason: string,
  ): Promise<StationEvent> {
    await transaction.jobUnit.update({ where: { id }, data: { reason: null, heldBoard: null } });
    await transaction.jobUnit.updateMany({ where: { id, again: null }, data: { again: reason } });
    return this.#changed(transaction, jobId);
  }

  /** The board is out for good: the unit waits for another one. */
  async waitsForAnother(
    transaction: Transaction,
    { id, jobId }: Pick<UnitWithJob, 'id' | 'jobId'>,
    reason: string,
  ): Promise<StationEvent> {
    await transaction.jobUnit.update({ where: { id }, data: { reason, heldBoard: null } });
    return this.#changed(transaction, jobId);
  }

  /** The board that a unit waited because of is out of the slot; what a person must decide stays. */
  async forget(transaction: Transaction, id: number): Promise<StationEvent[]> {
    const where = { id, state: 'queued', heldBoard: null, reason: { not: null } };
    const { count } = await transaction.jobUnit.updateMany({ where, data: { reason: null } });
    if (count === 0) return [];
    const { jobId } = await transaction.jobUnit.findUniqueOrThrow({ where: { id }, select: { jobId: true } });
    return [await this.#changed(transaction, jobId)];
  }

  async #changed(transaction: Transaction, jobId: string): Promise<StationEvent> {
    return this.events.append(transaction, 'job.changed', await jobIn(transaction, jobId));
  }
}
