import {
  HELD_JOB_STATES,
  type Job,
  type JobQuery,
  type JobState,
  OPEN_JOB_STATES,
  OPEN_UNIT_STATES,
  STARTING_JOB_STATES,
  type StationEvent,
} from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { refuseQualityHold } from '../accounts/quality-hold.ts';
import { EventLog } from '../events/event-log.ts';
import { belowSequence, sequencePage, type Page } from '../lists/cursor.ts';
import { findJobs } from './find-jobs.ts';
import { refused } from '../problems/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { endWaiting } from '../units/job-ends.ts';
import { hasBegun, jobsOf } from '../units/job-rows.ts';

type Reader = Database | Transaction;

/** Where an action may be taken from. Boards at work are finished, but those of a cancelled job are stopped. */
const ACTIONS = {
  cancel: OPEN_JOB_STATES,
  hold: STARTING_JOB_STATES,
  release: HELD_JOB_STATES,
} as const satisfies Record<string, readonly JobState[]>;
export type JobAction = keyof typeof ACTIONS;

/** The state after the end of a job that began, and of one that did not. */
const BECOMES = {
  hold: { begun: 'paused', fresh: 'held' },
  release: { begun: 'running', fresh: 'queued' },
} as const;

/** Keys are kept longer than a factory's holidays. */
const KEY_DAYS = 30;

/** Jobs as rows: what is asked for, and what became of it. */
@Injectable()
export class JobBook {
  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
  ) {}

  /** @throws ProblemException 404 */
  async get(id: string, reader: Reader = this.database): Promise<Job> {
    const row = await reader.job.findUnique({ where: { id } });
    if (!row) throw refused('not-found:job', { id });
    return (await jobsOf(reader, [row]))[0]!;
  }

  /** Jobs in the record's order, the newest first. */
  async list({ limit, cursor, ...filters }: JobQuery): Promise<Page<Job>> {
    const rows = await findJobs(this.database, filters, belowSequence(cursor), limit + 1);
    const { data, nextCursor } = sequencePage(rows, limit);
    return { data: await jobsOf(this.database, data), nextCursor };
  }

  async act(id: string, action: JobAction, reason?: string): Promise<Job> {
    const { job, events } = await this.database.commit(async (transaction) => {
      const before = await this.get(id, transaction);
      const from: readonly JobState[] = ACTIONS[action];
      if (!from.includes(before.state)) {
        throw refused('wrong-state:job', { state: before.state, action, from: from.join(' or ') });
      }
      if (action === 'cancel') {
        const events = await endWaiting(transaction, this.events, { id }, reason ?? 'Cancelled.');
        return { job: await this.get(id, transaction), events };
      }
      if (action === 'release') {
        await refuseQualityHold(transaction, `job/${id}`);
        await refuseRetired(transaction, before);
      }
      const state = BECOMES[action][hasBegun(before) ? 'begun' : 'fresh'];
      await transaction.job.update({ where: { id }, data: { state, reason: reason ?? null } });
      const job = await this.get(id, transaction);
      return { job, events: [await this.events.append(transaction, 'job.changed', job)] };
    });
    this.events.publish(...events);
    return job;
  }

  /** Ends jobs whose last moment has gone by, and forgets keys that nobody comes back for. */
  async expire(now: Date): Promise<void> {
    const late = { notAfter: { lte: now.toISOString() } };
    await this.#endLate(late, 'Its notAfter has passed.');
    const over = await this.database.workOrder.findMany({ where: late, select: { id: true } });
    await this.#endLate(
      { workOrder: { in: over.map(({ id }) => id) } },
      'The notAfter of its work order has passed.',
    );
    const oldest = new Date(now.getTime() - KEY_DAYS * 86_400_000).toISOString();
    await this.database.idempotencyKey.deleteMany({ where: { createdAt: { lt: oldest } } });
  }

  async #endLate(late: Prisma.JobWhereInput, reason: string): Promise<void> {
    const open = { state: { in: [...ACTIONS.cancel] } };
    if ((await this.database.job.count({ where: { AND: [late, open] } })) === 0) return;
    const events = await this.database.commit((transaction) =>
      endWaiting(transaction, this.events, late, reason),
    );
    this.events.publish(...events);
  }

  /** After a unit ended: the job's state follows from its units. */
  async settle(transaction: Transaction, id: string): Promise<StationEvent> {
    const open = await transaction.jobUnit.count({
      where: { jobId: id, state: { in: [...OPEN_UNIT_STATES] } },
    });
    const { state } = await transaction.job.findUniqueOrThrow({ where: { id } });
    if (open === 0 && (OPEN_JOB_STATES as readonly string[]).includes(state)) {
      await transaction.job.update({
        where: { id },
        data: { state: 'completed', finishedAt: new Date().toISOString() },
      });
      return this.events.append(transaction, 'job.completed', await this.get(id, transaction));
    }
    return this.events.append(transaction, 'job.changed', await this.get(id, transaction));
  }
}

/** @throws ProblemException 409: released, it would only be held again */
async function refuseRetired(transaction: Transaction, { recipe: { name, revision } }: Job): Promise<void> {
  const row = await transaction.recipe.findUnique({ where: { name_revision: { name, revision } } });
  if (row?.state !== 'retired') return;
  throw refused('recipe-retired:job', { recipe: name, revision });
}
