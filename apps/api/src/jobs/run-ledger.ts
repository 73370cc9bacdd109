import type { Assessment, Identity, Run, SlotWaiting, StationEvent, StepRecord } from '@boardwalk/contracts';
import { StationError, type IdentifiedAnswer, type RunResult } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { BoardBook } from '../boards/board-book.ts';
import { BoardHolds } from '../boards/board-holds.ts';
import { EventLog } from '../events/event-log.ts';
import { Database, RUN_PATIENCE_MS, type Transaction } from '../persistence/database.ts';
import { asks, SlotOpenings } from '../openings/slot-openings.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { RunBook, summaryOf } from '../runs/run-book.ts';
import { SerialIssue } from '../serials/serial-issue.ts';
import { ClaimDesk } from './claim-desk.ts';
import type { Claim, SlotFacts } from './claims.ts';
import { returnUnit } from '../store/queue/return-unit.ts';
import { JobBook } from './job-book.ts';
import { RunCohorts } from './run-cohorts.ts';
import { RunDoubts } from './run-doubts.ts';
import { RunStarts } from './run-starts.ts';
import { UnitNotes } from './unit-notes.ts';

/** What a slot gets when it asks for work. */
export interface Offered {
  readonly claim: Claim | null;
  /** Why no run starts on its board, and the unit that says so too. */
  readonly waiting: SlotWaiting | null;
  readonly unit: number | null;
  /** Jobs that this board is not offered again. */
  readonly served: readonly string[];
}

/**
 * Every commit in the life of a run: the claim with its serials, each step, the identity, the end. A commit of a run
 * that no longer holds its slot's lease is refused.
 */
@Injectable()
export class RunLedger {
  constructor(
    private readonly database: Database,
    private readonly desk: ClaimDesk,
    private readonly starts: RunStarts,
    private readonly doubts: RunDoubts,
    private readonly cohorts: RunCohorts,
    private readonly openings: SlotOpenings,
    private readonly holds: BoardHolds,
    private readonly notes: UnitNotes,
    private readonly jobs: JobBook,
    private readonly orders: OrderBook,
    private readonly serials: SerialIssue,
    private readonly runs: RunBook,
    private readonly boards: BoardBook,
    private readonly events: EventLog,
  ) {}

  /** Gives the slot its next unit, in one transaction with the run's row, its serials and the lease. */
  async claim(slot: SlotFacts): Promise<Claim | null> {
    return (await this.offer(slot)).claim;
  }

  /** As {@link claim}; where nothing starts, it says why. */
  async offer(slot: SlotFacts): Promise<Offered> {
    const told: StationEvent[] = [];
    const offered = await this.database.commit(async (transaction) => {
      told.length = 0;
      const now = new Date().toISOString();
      for (;;) {
        const { start, waiting, unit, served } = await this.desk.offer(transaction, slot, now, told);
        if (!start) return { claim: null, waiting, unit, served };
        const claim = await this.starts.begin(transaction, slot, start, now, told);
        if (claim) return { claim, waiting: null, unit: null, served: [...served, claim.unit.jobId] };
      }
    });
    this.events.publish(...told);
    return offered;
  }

  /** A unit does not wait any more because of the board that left its slot. */
  async forget(unit: number): Promise<void> {
    this.events.publish(
      ...(await this.database.commit((transaction) => this.notes.forget(transaction, unit))),
    );
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

  /** What the chip is; the answer says whether its run goes on. */
  async identified(claim: Claim, identity: Identity, assessment: Assessment): Promise<IdentifiedAnswer> {
    const { runId, slot } = claim;
    const told: StationEvent[] = [];
    const answer = await this.database.commit(async (transaction) => {
      told.length = 0;
      await assertHeld(transaction, claim);
      await this.runs.saveIdentity(transaction, runId, identity, assessment);
      const { findings } = assessment;
      told.push(await this.events.append(transaction, 'identity.finding', { runId, slot, findings }));
      const board = await this.boards.identified(transaction, runId);
      told.push(...(await this.boards.merged(transaction, board)));
      const doubt = await this.doubts.answer(transaction, claim, board, told);
      if (doubt && 'hold' in doubt) return doubt;
      const cohort = await this.cohorts.identified(
        transaction,
        claim,
        board.board,
        identity,
        assessment,
        told,
      );
      return together(doubt, cohort);
    }, RUN_PATIENCE_MS);
    this.events.publish(...told);
    return answer;
  }

  /** The run's end, its serials, its unit, its job and its order in one transaction. */
  async finish(claim: Claim, result: RunResult): Promise<void> {
    const events = await this.database.commit(async (transaction) => {
      await assertHeld(transaction, claim);
      return this.#end(transaction, claim, await this.#proved(transaction, claim, result));
    });
    await this.#keepSocket(claim, result);
    this.events.publish(...events);
  }

  async #end(transaction: Transaction, claim: Claim, result: RunResult): Promise<StationEvent[]> {
    const { runId, slot, unit } = claim;
    const passedBefore = await this.orders.passedIn(transaction, unit.job.workOrder);
    await this.runs.finish(transaction, runId, result);
    await this.boards.ended(transaction, runId);
    const run = await this.runs.get(runId, transaction);
    if (run.reference !== null) await returnUnit(transaction, runId);
    await transaction.jobUnit.updateMany({ where: { runId }, data: unitAfter(result) });
    await transaction.lease.updateMany({ where: { slot, runId }, data: { runId: '' } });
    const given = await this.serials.settle(transaction, runId, result.outcome, result.reason);
    const completed = await this.events.append(transaction, 'run.completed', summaryOf(run));
    const held = await this.#holdIdentity(transaction, run.board, result);
    const unlike = await this.cohorts.ended(transaction, claim, run.board, result);
    const checked = await this.#checked(transaction, claim, run);
    // The job first: one whose last board this was is completed, and not ended as waiting for a full order.
    const job = await this.jobs.settle(transaction, unit.jobId);
    const order = await this.orders.settle(transaction, unit.job.workOrder, passedBefore);
    return [...given, completed, ...held, ...unlike, ...checked, job, ...order];
  }

  /** A golden or known-bad board has run: whether its slot is open now. */
  async #checked(transaction: Transaction, { recipe }: Claim, run: Run): Promise<StationEvent[]> {
    if (run.reference === null || !asks(recipe)) return [];
    const { slot: name, portPath, probeSerial } = run;
    const slot = { name, portPath, probeSerial };
    const [opening] = await this.openings.of(transaction, [slot], [recipe], new Date().toISOString());
    return [await this.events.append(transaction, 'slot.checked', opening!)];
  }

  /** While it stays in its socket, a board that is held about its identity or its lot is known by that. */
  async #keepSocket({ runId, slot, insertion }: Claim, { reason }: RunResult): Promise<void> {
    if (reason !== 'identity-held' && reason !== 'cohort-held') return;
    const run = await this.database.run.findUniqueOrThrow({ where: { id: runId }, select: { board: true } });
    if (run.board !== null) this.holds.sockets.keep(slot, insertion, run.board);
  }

  /** A board whose identity the recipe holds waits for a person. */
  async #holdIdentity(transaction: Transaction, board: number | null, { reason, detail }: RunResult) {
    if (board === null || reason !== 'identity-held') return [];
    const { state } = await transaction.board.findUniqueOrThrow({ where: { number: board } });
    if (state !== 'free') return [];
    return [await this.holds.hold(transaction, board, { about: 'identity', reason, detail: detail ?? '' })];
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
        if (run.reference !== null) await returnUnit(transaction, id);
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

/** Two answers about a board as one: a hold, else what both found. */
function together(doubt: IdentifiedAnswer, cohort: IdentifiedAnswer): IdentifiedAnswer {
  if (!doubt || !cohort || 'hold' in doubt || 'hold' in cohort) return cohort ?? doubt;
  return { finding: `${doubt.finding} ${cohort.finding}` };
}

/** @throws StationError when another run has taken the slot since */
async function assertHeld(transaction: Transaction, { slot, runId, fence }: Claim): Promise<void> {
  const lease = await transaction.lease.findUnique({ where: { slot } });
  if (lease?.runId === runId && lease.fence === fence) return;
  throw new StationError('station.lease_lost', { run: runId, slot });
}

/** A unit is done with its run; one that took a board that had passed waits for another. */
function unitAfter({ reason }: RunResult) {
  return reason === 'passed-already' ? { state: 'queued', runId: null } : { state: 'done' };
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
