import type { Recipe, StationEvent } from '@boardwalk/contracts';
import type { Bench, BenchSlot, RunResult, RunSink } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { ulid } from 'ulid';
import { EventLog } from '../events/event-log.ts';
import { ImageStore } from '../images/image-store.ts';
import { LiveProgress } from '../events/live-progress.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Job, JobUnit } from '../persistence/gen/client.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { RunRecords } from '../runs/run-records.ts';
import { JobBook } from './job-book.ts';
import type { StationIdentity } from '../station/station-identity.ts';

interface Claim {
  readonly unit: JobUnit & { job: Job };
  readonly runId: string;
  readonly fence: number;
}

/** Waiting makes a job more urgent: one step of priority a minute. */
const AGE_STEP_MS = 60_000;

/**
 * Brings waiting units and boards together. A unit is claimed in one transaction with its run's row and the slot's
 * lease; a run's end is one transaction too. Whatever runs when the process dies is found at the next start and
 * named `ERROR: interrupted`.
 */
@Injectable()
export class Dispatcher {
  readonly #running = new Map<string, { stop: AbortController; done: Promise<void>; jobId: string }>();
  /** Jobs that each slot's present insertion has run already. */
  readonly #served = new Map<string, { insertion: number; jobs: Set<string> }>();
  #dispatching: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(
    private readonly database: Database,
    private readonly bench: Bench,
    private readonly jobs: JobBook,
    private readonly recipes: RecipeBook,
    private readonly images: ImageStore,
    private readonly runs: RunRecords,
    private readonly events: EventLog,
    private readonly live: LiveProgress,
    private readonly identity: StationIdentity,
    private readonly log: Logger,
  ) {}

  /** Names what a dead process left running. Call before the first dispatch. */
  async recover(): Promise<number> {
    const events: StationEvent[] = [];
    const count = await this.database.commit(async (transaction) => {
      await transaction.lease.deleteMany({});
      const open = await transaction.run.findMany({ where: { outcome: null } });
      for (const { id, jobId } of open) {
        await transaction.runStep.updateMany({
          where: { runId: id, state: 'running' },
          data: { state: 'error' },
        });
        await transaction.run.update({
          where: { id },
          data: {
            outcome: 'ERROR',
            reason: 'interrupted',
            detail: 'The station ended while this run was on.',
            remedy: 'Scan the board again; its flash may hold part of the image.',
            finishedAt: new Date().toISOString(),
            verify: null,
            verifyMethod: null,
          },
        });
        await transaction.jobUnit.updateMany({ where: { runId: id }, data: { state: 'done' } });
        events.push(await this.jobs.settle(transaction, jobId));
      }
      return open.length;
    });
    this.events.publish(...events);
    return count;
  }

  /** Looks for work once for every slot; calls while one look is on make it look again. */
  dispatch(): void {
    this.#again = true;
    this.#dispatching ??= this.#loop().finally(() => (this.#dispatching = null));
  }

  async #loop(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      for (const slot of this.bench.slots) {
        if (this.#closed || this.#running.has(slot.name)) continue;
        if (slot.state !== 'ready' && slot.state !== 'done') continue;
        try {
          const claim = await this.#claim(slot);
          if (claim) this.#start(slot, claim);
        } catch (cause) {
          this.log.error({ err: cause, slot: slot.name }, 'a job could not be started');
        }
      }
    }
  }

  async #claim(slot: BenchSlot): Promise<Claim | null> {
    const now = new Date().toISOString();
    const claimed = await this.database.commit(async (transaction) => {
      const unit = await this.#nextUnit(transaction, slot, now);
      if (!unit) return null;
      const runId = `run_${ulid()}`;
      const lease = await transaction.lease.upsert({
        where: { slot: slot.name },
        create: { slot: slot.name, fence: 1, runId },
        update: { fence: { increment: 1 }, runId },
      });
      await transaction.jobUnit.update({ where: { id: unit.id }, data: { state: 'running', runId } });
      if (unit.job.state === 'queued')
        await transaction.job.update({ where: { id: unit.jobId }, data: { state: 'running' } });
      await transaction.run.create({ data: this.#newRun(runId, unit, slot) });
      const events = [
        await this.events.append(transaction, 'job.changed', await this.jobs.get(unit.jobId, transaction)),
      ];
      return { claim: { unit, runId, fence: lease.fence }, events };
    });
    if (!claimed) return null;
    this.events.publish(...claimed.events);
    await this.events.record('run.started', await this.#summary(claimed.claim.runId));
    this.#servedBy(slot).add(claimed.claim.unit.jobId);
    return claimed.claim;
  }

  /** The most urgent unit for this slot: bound to it, or any that this board has not run yet. */
  async #nextUnit(transaction: Transaction, slot: BenchSlot, now: string): Promise<Claim['unit'] | null> {
    const jobs = await transaction.job.findMany({
      where: {
        state: { in: ['queued', 'running'] },
        AND: [
          { OR: [{ notBefore: null }, { notBefore: { lte: now } }] },
          { OR: [{ notAfter: null }, { notAfter: { gt: now } }] },
        ],
      },
    });
    const urgency = ({ priority, createdAt }: Job): number =>
      priority + (Date.parse(now) - Date.parse(createdAt)) / AGE_STEP_MS;
    const served = this.#servedBy(slot);
    for (const job of jobs.sort((a, b) => urgency(b) - urgency(a))) {
      const bound = await transaction.jobUnit.findFirst({
        where: { jobId: job.id, state: 'queued', slot: slot.name },
        orderBy: { id: 'asc' },
      });
      if (bound) return { ...bound, job };
      if (served.has(job.id) || (await this.#boardHasRun(transaction, job.id, slot.uid))) continue;
      const free = await transaction.jobUnit.findFirst({
        where: { jobId: job.id, state: 'queued', slot: null },
        orderBy: { id: 'asc' },
      });
      if (free) return { ...free, job };
    }
    return null;
  }

  /** A board is known by its unique id across restarts; one that shows none, by its insertion alone. */
  async #boardHasRun(transaction: Transaction, jobId: string, uid: string | null): Promise<boolean> {
    if (uid === null || /^(?:0{24}|f{24})$/.test(uid)) return false;
    return (await transaction.run.count({ where: { jobId, uid, reason: { not: 'interrupted' } } })) > 0;
  }

  #servedBy(slot: BenchSlot): Set<string> {
    const known = this.#served.get(slot.name);
    if (known?.insertion === slot.insertion) return known.jobs;
    const fresh = { insertion: slot.insertion, jobs: new Set<string>() };
    this.#served.set(slot.name, fresh);
    return fresh.jobs;
  }

  #newRun(runId: string, unit: Claim['unit'], slot: BenchSlot) {
    const { probe, board } = slot.snapshot();
    return {
      id: runId,
      jobId: unit.jobId,
      slot: slot.name,
      portPath: slot.portPath,
      recipeName: unit.job.recipeName,
      recipeRevision: unit.job.recipeRevision,
      imageSha256: unit.job.image,
      workOrder: unit.job.workOrder,
      serial: unit.serial,
      uid: board?.uid ?? null,
      probeSerial: probe?.serial ?? null,
      probeFirmware: probe?.firmware ?? null,
      startedAt: new Date().toISOString(),
      station: this.identity.station,
      stationVersion: this.identity.version,
      virtual: this.identity.bench === 'virtual',
    };
  }

  #start(slot: BenchSlot, claim: Claim): void {
    const stop = new AbortController();
    const done = this.#execute(slot, claim, stop.signal)
      .catch((cause: unknown) =>
        this.log.error({ err: cause, runId: claim.runId }, 'a run’s end could not be recorded'),
      )
      .finally(() => {
        this.#running.delete(slot.name);
        this.dispatch();
      });
    this.#running.set(slot.name, { stop, done, jobId: claim.unit.jobId });
  }

  async #execute(slot: BenchSlot, { unit, runId }: Claim, signal: AbortSignal): Promise<void> {
    const recipe = await this.recipes.get(unit.job.recipeName, unit.job.recipeRevision);
    let result: RunResult;
    try {
      result = await this.#perform(slot, runId, unit, recipe, signal);
    } catch (cause) {
      this.log.error({ err: cause, runId }, 'a run failed inside the station');
      result = stationFailed(cause);
    }
    const events = await this.database.commit(async (transaction) => {
      const run = await this.runs.finish(transaction, runId, result);
      await transaction.jobUnit.updateMany({ where: { runId }, data: { state: 'done' } });
      await transaction.lease.updateMany({ where: { slot: slot.name, runId }, data: { runId: '' } });
      const completed = await this.events.append(transaction, 'run.completed', summaryOf(run));
      return [completed, await this.jobs.settle(transaction, unit.jobId)];
    });
    this.events.publish(...events);
  }

  async #perform(
    slot: BenchSlot,
    runId: string,
    unit: Claim['unit'],
    recipe: Recipe,
    signal: AbortSignal,
  ): Promise<RunResult> {
    const image = await this.images.load(recipe.image);
    const seen = await this.database.run.findMany({
      where: { uid: { not: null }, serial: { not: unit.serial } },
      select: { uid: true, serial: true },
      distinct: ['uid'],
    });
    const seenUids = new Set(
      unit.serial === null ? [] : seen.flatMap(({ uid, serial }) => (uid && serial ? [uid] : [])),
    );
    const request = {
      runId,
      jobId: unit.jobId,
      recipe,
      image,
      imageSha256: recipe.image,
      serial: unit.serial,
      seenUids,
    };
    return slot.run(request, this.#sink(slot, runId, unit.jobId), signal);
  }

  #sink(slot: BenchSlot, runId: string, jobId: string): RunSink {
    return {
      step: async (record) => {
        const event = await this.database.commit(async (transaction) => {
          await this.runs.saveStep(transaction, runId, record);
          return this.events.append(transaction, 'run.step', { runId, jobId, slot: slot.name, step: record });
        });
        this.events.publish(event);
      },
      progress: (progress) => this.live.publish({ type: 'run.progress', slot: slot.name, data: progress }),
      identified: async (identity, assessment) => {
        const { findings } = assessment;
        const event = await this.database.commit(async (transaction) => {
          await this.runs.saveIdentity(transaction, runId, identity, assessment);
          return this.events.append(transaction, 'identity.finding', { runId, slot: slot.name, findings });
        });
        this.events.publish(event);
      },
    };
  }

  async #summary(runId: string) {
    return summaryOf(await this.runs.get(runId));
  }

  /** Stops the runs of a job that was cancelled. */
  stopJob(jobId: string): void {
    for (const run of this.#running.values()) if (run.jobId === jobId) run.stop.abort();
  }

  /** Takes no new work, stops what runs, and waits until every end is recorded. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { stop } of this.#running.values()) stop.abort();
    await this.#dispatching?.catch(() => undefined);
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}

function summaryOf<Run extends { steps: unknown; identity: unknown; assessment: unknown }>(run: Run) {
  const { steps: _steps, identity: _identity, assessment: _assessment, ...summary } = run;
  return summary;
}

function stationFailed(cause: unknown): RunResult {
  const at = new Date().toISOString();
  return {
    outcome: 'ERROR',
    reason: 'station-failed',
    detail: cause instanceof Error ? cause.message : 'The station failed.',
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
