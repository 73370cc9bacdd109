import type { Recipe, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { BoardBook } from '../boards/board-book.ts';
import { BoardHolds } from '../boards/board-holds.ts';
import { acceptsIdentity } from '../boards/accepted-identity.ts';
import { STATION_ITSELF } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import { summaryOf, toRun } from '../runs/run-book.ts';
import { SerialIssue, type Issued } from '../serials/serial-issue.ts';
import type { Start } from './claim-desk.ts';
import { Recorder, type Claim, type SlotFacts } from './claims.ts';
import { JobHolds } from './job-holds.ts';
import { jobsOf, urgencyOf } from '../units/job-rows.ts';
import type { UnitWithJob } from '../store/queue/unit-to-run.ts';
import { UnitNotes } from './unit-notes.ts';

/** Begins runs: serials, lease, unit, job, the run's row and its board, in the transaction that claims. */
@Injectable()
export class RunStarts {
  constructor(
    private readonly serials: SerialIssue,
    private readonly boards: BoardBook,
    private readonly holds: BoardHolds,
    private readonly jobHolds: JobHolds,
    private readonly notes: UnitNotes,
    private readonly events: EventLog,
    private readonly recorder: Recorder,
  ) {}

  /** Null: the unit cannot start, which is recorded; another may. */
  async begin(
    transaction: Transaction,
    slot: SlotFacts,
    start: Start,
    now: string,
    told: StationEvent[],
  ): Promise<Claim | null> {
    const { unit, recipe } = start;
    const runId = `run_${ulid()}`;
    const issue = await this.#issue(transaction, slot, start, runId, told);
    if (!issue) return null;
    const holder = { runId, station: this.recorder.stationId };
    const lease = await transaction.lease.upsert({
      where: { slot: slot.name },
      create: { slot: slot.name, fence: 1, ...holder },
      update: { fence: { increment: 1 }, ...holder },
    });
    const running = { state: 'running', runId, reason: null, heldBoard: null };
    await transaction.jobUnit.update({ where: { id: unit.id }, data: running });
    const job = await transaction.job.update({
      where: { id: unit.jobId },
      data: { state: 'running', urgency: urgencyOf(unit.job.priority, now) },
    });
    const [shown] = await jobsOf(transaction, [job]);
    told.push(await this.events.append(transaction, 'job.changed', shown!));
    const steps = await this.#started(transaction, runId, slot, start, issue, now, told);
    const { serial, patches } = issue;
    return {
      slot: slot.name,
      insertion: slot.insertion,
      unit,
      runId,
      fence: lease.fence,
      recipe: { ...recipe, steps },
      serial,
      patches,
    };
  }

  /** The serials and other values that the run writes. */
  async #issue(
    transaction: Transaction,
    slot: SlotFacts,
    { unit, recipe, board, policy }: Start,
    runId: string,
    told: StationEvent[],
  ): Promise<Issued | null> {
    const issue = await this.serials.reserve(transaction, recipe.patches, {
      ...{ runId, jobId: unit.jobId, slot: slot.name, uid: slot.uid, serial: unit.serial },
      // Where a second serial is accepted, a board that names none gets the next number, and the record a finding.
      // A golden or known-bad board is never another board: it takes no second number.
      ownOf: policy === 'accept' && !board?.reference ? null : (board?.number ?? null),
      data: unit.data === null ? {} : (JSON.parse(unit.data) as Record<string, string>),
    });
    if (issue.kind === 'issued') return issue;
    await this.serials.giveBack(transaction, runId, issue.detail);
    told.push(
      issue.kind === 'used-up'
        ? await this.jobHolds.hold(transaction, unit.job, issue.detail)
        : await this.notes.ends(transaction, unit, 'refused', issue.detail),
    );
    return null;
  }

  /**
   * The run's row and its board. Its sequence is the id of its run.started event, which is the next row of the record.
   * @returns the steps: a board whose difference was accepted, or is a reference, is not held for it
   */
  async #started(
    transaction: Transaction,
    runId: string,
    slot: SlotFacts,
    { unit, image, chips, recipe, pair }: Start,
    issue: Issued,
    now: string,
    told: StationEvent[],
  ): Promise<Recipe['steps']> {
    const sequence = await this.events.nextId(transaction);
    const row = { ...this.#newRun(runId, unit, slot, issue, now), imageSha256: image, ...chips, sequence };
    const created = await transaction.run.create({ data: row });
    const { uid, serial } = created;
    // A serial from a range was not known when the unit was judged.
    const known = unit.serial === serial ? pair : await this.boards.pair(transaction, { uid, serial });
    const seen = { pair: known, inSocket: this.holds.sockets.boardIn(slot.name, slot.insertion) };
    const placed = await this.boards.started(transaction, { runId, uid, serial, sequence }, seen);
    const { board, life, reference } = placed;
    const run = summaryOf(toRun({ ...created, board, life, reference, steps: [] }));
    told.push(await this.events.append(transaction, 'run.started', run));
    told.push(...(await this.boards.merged(transaction, placed)));
    if (placed.board !== null)
      await this.holds.found(transaction, known?.doubts ?? [], {
        board: placed.board,
        runId,
        policy: 'accept',
      });
    if (!recipe.steps.some(holds)) return recipe.steps;
    const accepted = await acceptsIdentity(transaction, placed.board, chips.lot);
    return accepted
      ? recipe.steps.map((step) => (holds(step) ? { ...step, onDiffers: 'accept' } : step))
      : recipe.steps;
  }

  #newRun(runId: string, unit: UnitWithJob, slot: SlotFacts, { serial, patches }: Issued, startedAt: string) {
    const { job } = unit;
    const { station, stationVersion, virtual } = this.recorder;
    return {
      id: runId,
      jobId: unit.jobId,
      slot: slot.name,
      portPath: slot.portPath,
      recipeName: job.recipeName,
      recipeRevision: job.recipeRevision,
      imageFileSha256: job.imageFileSha256,
      workOrder: job.workOrder,
      operator: job.author === STATION_ITSELF.actor ? null : job.author,
      again: unit.again,
      serial,
      uid: slot.uid,
      probeSerial: slot.probeSerial,
      probeFirmware: slot.probeFirmware,
      startedAt,
      patches: patches.length === 0 ? null : JSON.stringify(patches),
      ...{ station, stationVersion, virtual },
    };
  }
}

/** A step that holds a board whose identity differs. */
function holds(
  step: Recipe['steps'][number],
): step is Extract<Recipe['steps'][number], { step: 'identify' }> {
  return step.step === 'identify' && step.onDiffers === 'hold';
}
