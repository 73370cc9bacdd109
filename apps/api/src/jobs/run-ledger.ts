import type {
  Assessment,
  Identity,
  Recipe,
  StationEvent,
  StepRecord,
  WrittenPatch,
} from '@boardwalk/contracts';
import { StationError, type RunResult } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { BoardBook } from '../boards/board-book.ts';
import { EventLog } from '../events/event-log.ts';
import { Database, RUN_PATIENCE_MS, type Transaction } from '../persistence/database.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { WorkOrders } from '../recipes/work-orders.ts';
import { RunRecords, summaryOf } from '../runs/run-records.ts';
import { SerialIssue, type Issue } from '../serials/serial-issue.ts';
import { JobBook } from './job-book.ts';
import { urgencyOf } from './job-rows.ts';
import { nextUnit, type UnitWithJob, type WaitingSlot } from './next-unit.ts';

/** What a slot is, for the row of a run on it. */
export interface SlotFacts extends WaitingSlot {
  readonly portPath: string;
  readonly probeSerial: string | null;
  readonly probeFirmware: string | null;
}

/** A unit that is this slot's to run: the run's row, the lease and its fence are committed. */
export interface Claim {
  readonly slot: string;
  readonly unit: UnitWithJob;
  readonly runId: string;
  readonly fence: number;
  readonly recipe: Recipe;
  readonly serial: string | null;
  readonly patches: readonly WrittenPatch[];
}

/** The station that runs are recorded under. */
export interface Recorder {
  readonly station: string;
  readonly stationVersion: string;
  readonly virtual: boolean;
}

/**
 * Every commit in the life of a run: the claim with its serials, each step, the identity, the end. A commit of a run
 * that no longer holds its slot's lease is refused.
 */
@Injectable()
export class RunLedger {
  constructor(
    private readonly database: Database,
    private readonly jobs: JobBook,
    private readonly recipes: RecipeBook,
    private readonly orders: WorkOrders,
    private readonly serials: SerialIssue,
    private readonly runs: RunRecords,
    private readonly boards: BoardBook,
    private readonly events: EventLog,
    private readonly recorder: Recorder,
  ) {}

  /** Gives the slot its next unit, in one transaction with the run's row, its serials and the lease. */
  async claim(slot: SlotFacts): Promise<Claim | null> {
    const told: StationEvent[] = [];
    const claim = await this.database.commit(async (transaction) => {
      told.length = 0;
      const now = new Date().toISOString();
      for (;;) {
        const unit = await nextUnit(transaction, slot, now);
        if (!unit) return null;
        const tried = await this.#begin(transaction, slot, unit, now, told);
        if (tried) return tried;
      }
    });
    this.events.publish(...told);
    return claim;
  }

  /** Null: the unit cannot start, which is recorded; another may. */
  async #begin(
    transaction: Transaction,
    slot: SlotFacts,
    unit: UnitWithJob,
    now: string,
    told: StationEvent[],
  ): Promise<Claim | null> {
    const { recipeName, recipeRevision } = unit.job;
    const recipe = await this.recipes.get(recipeName, recipeRevision, transaction);
    const runId = `run_${ulid()}`;
    // A revision may have been retired, or the station's rule changed, since the job came in.
    const bar = this.recipes.barOf(recipe);
    if (bar) {
      told.push(...(await this.#holdFor(transaction, unit, runId, bar.detail)));
      return null;
    }
    const issue = await this.serials.reserve(transaction, recipe.patches, {
      runId,
      jobId: unit.jobId,
      slot: slot.name,
      uid: slot.uid,
      serial: unit.serial,
      data: unit.data === null ? {} : (JSON.parse(unit.data) as Record<string, string>),
    });
    if (issue.kind === 'used-up') {
      told.push(...(await this.#holdFor(transaction, unit, runId, issue.detail)));
      return null;
    }
    const lease = await transaction.lease.upsert({
      where: { slot: slot.name },
      create: { slot: slot.name, fence: 1, runId },
      update: { fence: { increment: 1 }, runId },
    });
    await transaction.jobUnit.update({ where: { id: unit.id }, data: { state: 'running', runId } });
    await transaction.job.update({
      where: { id: unit.jobId },
      data: { state: 'running', urgency: urgencyOf(unit.job.priority, now) },
    });
    told.push(
      await this.events.append(transaction, 'job.changed', await this.jobs.get(unit.jobId, transaction)),
      ...(await this.#started(transaction, runId, slot, unit, issue, now)),
    );
    const { serial, patches } = issue.kind === 'issued' ? issue : { serial: unit.serial, patches: [] };
    const claim = { slot: slot.name, unit, runId, fence: lease.fence, recipe, serial, patches };
    if (issue.kind === 'issued') return claim;
    told.push(...(await this.#end(transaction, claim, refusedRun(issue.detail, issue.remedy, now))));
    return null;
  }

  /** The run's row and its board. Its sequence is the id of its run.started event, which is the next row of the record. */
  async #started(
    transaction: Transaction,
    runId: string,
    slot: SlotFacts,
    unit: UnitWithJob,
    issue: Issue,
    now: string,
  ): Promise<StationEvent[]> {
    const sequence = await this.events.nextId(transaction);
    const order = await this.#chipsOf(transaction, unit);
    const row = { ...this.#newRun(runId, unit, slot, issue, now), ...order, sequence };
    const { uid, serial } = await transaction.run.create({ data: row });
    const placed = await this.boards.started(transaction, { runId, uid, serial, sequence });
    const run = summaryOf(await this.runs.get(runId, transaction));
    const started = await this.events.append(transaction, 'run.started', run);
    return [started, ...(await this.boards.merged(transaction, placed))];
  }

  /** Where the chips of a unit come from. */
  async #chipsOf(transaction: Transaction, { lot, job }: UnitWithJob) {
    const order =
      job.workOrder === null
        ? null
        : await transaction.workOrder.findUnique({ where: { id: job.workOrder } });
    return { lot: lot ?? order?.lot ?? null, supplier: order?.supplier ?? null };
  }

  /** A job that no board can help waits for a person, and says why. */
  async #holdFor(transaction: Transaction, unit: UnitWithJob, runId: string, reason: string) {
    await transaction.serial.updateMany({
      where: { runId, state: 'reserved' },
      data: { state: 'voided', reason, changedAt: new Date().toISOString() },
    });
    const state = unit.job.state === 'running' ? 'paused' : 'held';
    await transaction.job.update({ where: { id: unit.jobId }, data: { state, reason } });
    const job = await this.jobs.get(unit.jobId, transaction);
    return [await this.events.append(transaction, 'job.changed', job)];
  }

  #newRun(runId: string, unit: UnitWithJob, slot: SlotFacts, issue: Issue, startedAt: string) {
    const { job } = unit;
    const issued = issue.kind === 'issued' ? issue : { serial: unit.serial, patches: [] };
    return {
      id: runId,
      jobId: unit.jobId,
      slot: slot.name,
      portPath: slot.portPath,
      recipeName: job.recipeName,
      recipeRevision: job.recipeRevision,
      imageSha256: job.image,
      workOrder: job.workOrder,
      operator: job.author,
      again: unit.again,
      serial: issued.serial,
      uid: slot.uid,
      probeSerial: slot.probeSerial,
      probeFirmware: slot.probeFirmware,
      startedAt,
      patches: issued.patches.length === 0 ? null : JSON.stringify(issued.patches),
      ...this.recorder,
    };
  }

  async step(claim: Claim, record: StepRecord): Promise<void> {
    const { runId, slot, unit } = claim;
    const event = await this.database.commit(async (transaction) => {
      await assertHeld(transaction, claim);
      await this.runs.saveStep(transaction, runId, record);
      return this.events.append(transaction, 'run.step', { runId, jobId: unit.jobId, slot, step: record });
    }, RUN_PATIENCE_MS);
    this.events.publish(event);
  }

  async identified(claim: Claim, identity: Identity, assessment: Assessment): Promise<void> {
    const { runId, slot } = claim;
    const events = await this.database.commit(async (transaction) => {
      await assertHeld(transaction, claim);
      await this.runs.saveIdentity(transaction, runId, identity, assessment);
      const { findings } = assessment;
      const found = await this.events.append(transaction, 'identity.finding', { runId, slot, findings });
      const board = await this.boards.identified(transaction, runId);
      return [found, ...(await this.boards.merged(transaction, board))];
    }, RUN_PATIENCE_MS);
    this.events.publish(...events);
  }

  /** The run's end, its serials, its unit, its job and its order in one transaction. */
  async finish(claim: Claim, result: RunResult): Promise<void> {
    const events = await this.database.commit(async (transaction) => {
      await assertHeld(transaction, claim);
      return this.#end(transaction, claim, await this.#proved(transaction, claim, result));
    });
    this.events.publish(...events);
  }

  async #end(transaction: Transaction, claim: Claim, result: RunResult): Promise<StationEvent[]> {
    const { runId, slot, unit } = claim;
    await this.runs.finish(transaction, runId, result);
    await this.boards.ended(transaction, runId);
    const run = await this.runs.get(runId, transaction);
    await transaction.jobUnit.updateMany({ where: { runId }, data: { state: 'done' } });
    await transaction.lease.updateMany({ where: { slot, runId }, data: { runId: '' } });
    const given = await this.serials.settle(transaction, runId, result.outcome, result.reason);
    const completed = await this.events.append(transaction, 'run.completed', summaryOf(run));
    // The job first: one whose last board this was is completed, and not ended as waiting for a full order.
    const job = await this.jobs.settle(transaction, unit.jobId);
    const order = result.outcome === 'PASS' ? await this.orders.settle(transaction, unit.job.workOrder) : [];
    return [...given, completed, job, ...order];
  }

  /** PASS is never written without this run's finished verify step in the database. */
  async #proved(transaction: Transaction, { runId }: Claim, result: RunResult): Promise<RunResult> {
    if (result.outcome !== 'PASS') return result;
    const verified = { runId, step: 'verify', state: 'passed' };
    if ((await transaction.runStep.count({ where: verified })) > 0) return result;
    const detail = 'The record holds no finished verify step of this run.';
    return {
      ...result,
      outcome: 'ERROR',
      reason: 'no-verify',
      detail,
      remedy: 'Flash the board again.',
      verify: null,
    };
  }

  /** Names what a dead process left running. Call before the first claim. @returns how many runs it were */
  async recover(): Promise<number> {
    const events: StationEvent[] = [];
    const count = await this.database.commit(async (transaction) => {
      events.length = 0;
      // The fence stays: a number that only grows, over restarts too.
      await transaction.lease.updateMany({ data: { runId: '' } });
      const open = await transaction.run.findMany({ where: { outcome: null } });
      for (const { id, jobId } of open) {
        await this.runs.interrupt(transaction, id);
        await this.boards.ended(transaction, id);
        const run = await this.runs.get(id, transaction);
        await transaction.jobUnit.updateMany({ where: { runId: id }, data: { state: 'done' } });
        events.push(
          ...(await this.serials.settle(transaction, id, 'ERROR', 'interrupted')),
          await this.events.append(transaction, 'run.completed', summaryOf(run)),
          await this.jobs.settle(transaction, jobId),
        );
      }
      return open.length;
    });
    this.events.publish(...events);
    return count;
  }
}

/** @throws StationError when another run has taken the slot since */
async function assertHeld(transaction: Transaction, { slot, runId, fence }: Claim): Promise<void> {
  const lease = await transaction.lease.findUnique({ where: { slot } });
  if (lease?.runId === runId && lease.fence === fence) return;
  throw new StationError(
    'station.lease_lost',
    `Run ${runId} no longer holds slot ${slot}.`,
    'Look which other process runs this bench.',
  );
}

/** A run that ended before it touched the board. */
function refusedRun(detail: string, remedy: string, at: string): RunResult {
  return { ...emptyResult(at), outcome: 'FAIL', reason: 'serial-used', detail, remedy };
}

/** A run that found out nothing. */
export function emptyResult(at: string): RunResult {
  return {
    outcome: 'ERROR',
    reason: 'station-failed',
    detail: 'The station failed.',
    remedy: 'See the station’s log.',
    steps: [],
    identity: null,
    assessment: null,
    targetVoltage: null,
    dumpBeforeSha256: null,
    dumpAfterSha256: null,
    dumpNote: null,
    verify: null,
    probeSerial: null,
    probeFirmware: null,
    startedAt: at,
    finishedAt: at,
  };
}
