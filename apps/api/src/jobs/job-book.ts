import type { CreateJob, Job, JobCounts, JobState, Recipe, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { ulid } from 'ulid';
import { EventLog } from '../events/event-log.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { IdempotentRequest } from '../http/idempotency-key.ts';
import { conflict, invalid, notFound, ProblemException } from '../http/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Job as JobRow, Prisma } from '../persistence/gen/client.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';

type Reader = Database | Transaction;

/** Where an action may be taken from, and where it leads. Units that run are finished in every case. */
const ACTIONS = {
  cancel: { from: ['held', 'queued', 'running', 'paused'], to: 'cancelled' },
  hold: { from: ['queued', 'running'], to: 'held' },
  release: { from: ['held', 'paused'], to: 'queued' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState }>;
export type JobAction = keyof typeof ACTIONS;

/** Jobs as rows: what is asked for, and what became of it. */
@Injectable()
export class JobBook {
  constructor(
    private readonly database: Database,
    private readonly recipes: RecipeBook,
    private readonly events: EventLog,
  ) {}

  /** Stores a job. Everything it names must exist. @throws ProblemException before anything is stored */
  async create(
    body: CreateJob,
    request: IdempotentRequest | null = null,
  ): Promise<{ job: Job; replayed: boolean }> {
    const earlier = await this.#answered(request);
    if (earlier) return { job: earlier, replayed: true };
    const recipe = await this.#recipeOf(body);
    const stored = await this.database.commit(async (transaction) => {
      // Two requests with one key may have come this far: the database lets one pass.
      const first = await this.#answered(request, transaction);
      if (first) return { job: first, event: null };
      const job = await this.#store(transaction, body, recipe);
      if (request) {
        const createdAt = new Date().toISOString();
        await transaction.idempotencyKey.create({
          data: { ...request, response: JSON.stringify(job), createdAt },
        });
      }
      return { job, event: await this.events.append(transaction, 'job.created', job) };
    });
    if (stored.event) this.events.publish(stored.event);
    return { job: stored.job, replayed: stored.event === null };
  }

  /** What was answered to this key before. @throws ProblemException 422 when it came with another body */
  async #answered(request: IdempotentRequest | null, reader: Reader = this.database): Promise<Job | null> {
    if (!request) return null;
    const known = await reader.idempotencyKey.findUnique({ where: { key: request.key } });
    if (!known) return null;
    if (known.fingerprint === request.fingerprint) return JSON.parse(known.response) as Job;
    throw new ProblemException(
      422,
      'idempotency-key-reused',
      'This Idempotency-Key was used with another body.',
    );
  }

  async #store(transaction: Transaction, body: CreateJob, recipe: Recipe): Promise<Job> {
    const id = `job_${ulid()}`;
    const units = body.units ?? Array.from({ length: body.count ?? 1 }, () => ({ serial: null, slot: null }));
    await transaction.job.create({
      data: {
        id,
        state: body.hold ? 'held' : 'queued',
        recipeName: recipe.name,
        recipeRevision: recipe.revision,
        image: recipe.image,
        workOrder: body.workOrder ?? null,
        priority: body.priority,
        notBefore: body.notBefore ?? null,
        notAfter: body.notAfter ?? null,
        clientRef: body.clientRef ?? null,
        createdAt: new Date().toISOString(),
      },
    });
    const rows = units.map(({ serial, slot }) => ({
      jobId: id,
      serial: serial ?? null,
      slot: slot ?? null,
      state: 'queued',
    }));
    await transaction.jobUnit.createMany({ data: rows });
    return this.get(id, transaction);
  }

  async #recipeOf(body: CreateJob): Promise<Recipe> {
    if (body.workOrder !== undefined) {
      const order = await this.database.workOrder.findUnique({ where: { id: body.workOrder } });
      if (!order) throw invalid(`There is no work order "${body.workOrder}".`, '/workOrder');
      if (!body.recipe && !body.image) return this.recipes.get(order.recipeName, order.recipeRevision);
    }
    if (body.recipe) {
      const { name, revision } = body.recipe;
      return this.recipes.get(name, revision).catch(() => {
        throw invalid(
          `There is no recipe "${name}"${revision === undefined ? '' : ` revision ${revision}`}.`,
          '/recipe',
        );
      });
    }
    return this.recipes.builtIn(body.image!);
  }

  /** @throws ProblemException 404 */
  async get(id: string, reader: Reader = this.database): Promise<Job> {
    const row = await reader.job.findUnique({ where: { id } });
    if (!row) throw notFound(`job ${id}`);
    return toJob(row, await countsOf(reader, id));
  }

  async list(
    state: JobState | undefined,
    limit: number,
    cursor?: string,
  ): Promise<{ data: Job[]; nextCursor: string | null }> {
    const place = cursor === undefined ? null : decodeCursor(cursor);
    const before: Prisma.JobWhereInput = place
      ? { OR: [{ createdAt: { lt: place.at } }, { createdAt: place.at, id: { lt: place.id } }] }
      : {};
    const rows = await this.database.job.findMany({
      where: { AND: [state ? { state } : {}, before] },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
    });
    const page = rows.slice(0, limit);
    const data = [];
    for (const row of page) data.push(toJob(row, await countsOf(this.database, row.id)));
    const last = page.at(-1);
    return {
      data,
      nextCursor: rows.length > limit && last ? encodeCursor({ at: last.createdAt, id: last.id }) : null,
    };
  }

  async act(id: string, action: JobAction): Promise<Job> {
    const { job, event } = await this.database.commit(async (transaction) => {
      const before = await this.get(id, transaction);
      const { from, to } = ACTIONS[action];
      if (!(from as readonly JobState[]).includes(before.state)) {
        throw conflict(
          'wrong-state',
          `The job is ${before.state}; only a job that is ${from.join(' or ')} can be ${to}.`,
        );
      }
      // A cancelled job that had begun is aborted: its boards are in the record.
      const state = to === 'cancelled' && before.counts.requested !== queuedOf(before) ? 'aborted' : to;
      const finishedAt = to === 'cancelled' ? new Date().toISOString() : null;
      await transaction.job.update({ where: { id }, data: { state, finishedAt } });
      const job = await this.get(id, transaction);
      return { job, event: await this.events.append(transaction, 'job.changed', job) };
    });
    this.events.publish(event);
    return job;
  }

  /** After a unit ended: the job's state follows from its units. */
  async settle(transaction: Transaction, id: string): Promise<StationEvent> {
    const open = await transaction.jobUnit.count({
      where: { jobId: id, state: { in: ['queued', 'running'] } },
    });
    const { state } = await transaction.job.findUniqueOrThrow({ where: { id } });
    if (open === 0 && (state === 'queued' || state === 'running' || state === 'held')) {
      await transaction.job.update({
        where: { id },
        data: { state: 'completed', finishedAt: new Date().toISOString() },
      });
      return this.events.append(transaction, 'job.completed', await this.get(id, transaction));
    }
    return this.events.append(transaction, 'job.changed', await this.get(id, transaction));
  }
}

function queuedOf({ counts }: Job): number {
  return (
    counts.requested -
    counts.running -
    counts.passed -
    counts.failed -
    counts.error -
    counts.timeout -
    counts.aborted
  );
}

async function countsOf(reader: Reader, jobId: string): Promise<JobCounts> {
  const requested = await reader.jobUnit.count({ where: { jobId } });
  const running = await reader.jobUnit.count({ where: { jobId, state: 'running' } });
  const ended = await reader.run.groupBy({ by: ['outcome'], where: { jobId }, _count: { _all: true } });
  const of = (outcome: string): number => ended.find((group) => group.outcome === outcome)?._count._all ?? 0;
  return {
    requested,
    running,
    passed: of('PASS'),
    failed: of('FAIL'),
    error: of('ERROR'),
    timeout: of('TIMEOUT'),
    aborted: of('ABORTED'),
  };
}

function toJob(row: JobRow, counts: JobCounts): Job {
  const {
    id,
    recipeName,
    recipeRevision,
    state,
    image,
    workOrder,
    priority,
    notBefore,
    notAfter,
    clientRef,
  } = row;
  const self = `/api/v1/jobs/${id}`;
  return {
    ...{ id, image, workOrder, priority, notBefore, notAfter, clientRef },
    state: state as JobState,
    recipe: { name: recipeName, revision: recipeRevision },
    reason: row.reason,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    counts,
    links: { self, runs: `${self}/runs`, events: '/api/v1/events' },
  };
}
