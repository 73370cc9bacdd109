import { OPEN_JOB_STATES, type CreateJob, type Job, type Recipe } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { callerNow, type Caller } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { scopedKey, type IdempotentRequest } from './idempotency-key.ts';
import { comeAgain, ProblemException } from '../problems/problems.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { insertInPages, insertRows } from '../store/rows/insert-rows.ts';
import { Policy } from '../settings/policy.ts';
import { newJob } from '../units/job-rows.ts';
import { JobReferences } from './job-references.ts';
import { SerialDoor } from './serial-door.ts';

/** A job that is in the database: the answer that was given, now or to the same key before. */
export interface AcceptedJob {
  readonly job: Job;
  readonly status: number;
  readonly replayed: boolean;
}

interface Waiting {
  readonly body: CreateJob;
  readonly request: IdempotentRequest | null;
  /** A group is stored in the context of one of its requests: each carries who asked. */
  readonly caller: Readonly<Caller>;
  readonly answer: (accepted: AcceptedJob) => void;
  readonly refuse: (cause: unknown) => void;
}

type Sorted = Waiting & { readonly recipe: Recipe };
type Fresh = Sorted & ReturnType<typeof newJob>;

const CREATED = 201;
const QUEUE_RETRY_SECONDS = 30;
const NOT_STORED_RETRY_SECONDS = 5;

/**
 * Where jobs come in. Requests that arrive while a commit is on share the next one, and nobody is answered before
 * the commit that holds his job. One key of a caller lets one request in at a time.
 */
@Injectable()
export class JobDoor {
  readonly #waiting: Waiting[] = [];
  /** Keys whose first request is being stored, with its fingerprint. */
  readonly #inProgress = new Map<string, string>();
  #storing = false;

  constructor(
    private readonly database: Database,
    private readonly references: JobReferences,
    private readonly serials: SerialDoor,
    private readonly events: EventLog,
    private readonly policy: Policy,
  ) {}

  /**
   * Stores a job. What the station posts itself (`inHouse`) is asked once and needs no key.
   * @throws ProblemException when it is refused; then nothing of it is stored
   */
  async accept(
    body: CreateJob,
    request: IdempotentRequest | null = null,
    inHouse = false,
  ): Promise<AcceptedJob> {
    if (!request && !inHouse && this.policy.settings.requireKey) {
      throw new ProblemException('idempotency-key-required', {});
    }
    if (request) this.#letIn(request);
    try {
      return await new Promise<AcceptedJob>((answer, refuse) => {
        this.#waiting.push({ body, request, caller: callerNow(), answer, refuse });
        void this.#storeWaiting();
      });
    } finally {
      if (request) this.#inProgress.delete(scopedKey(request));
    }
  }

  #letIn(request: IdempotentRequest): void {
    const { fingerprint } = request;
    const key = scopedKey(request);
    const first = this.#inProgress.get(key);
    if (first === undefined) {
      this.#inProgress.set(key, fingerprint);
      return;
    }
    if (first !== fingerprint) throw reused();
    throw comeAgain('idempotency-in-progress', {}, 1);
  }

  async #storeWaiting(): Promise<void> {
    if (this.#storing) return;
    this.#storing = true;
    // Requests that arrive in this turn of the event loop share the commit.
    await new Promise((resolve) => setImmediate(resolve));
    const { commitGroup } = this.policy.settings;
    while (this.#waiting.length > 0) await this.#store(this.#waiting.splice(0, commitGroup));
    this.#storing = false;
  }

  async #store(batch: readonly Waiting[]): Promise<void> {
    const answers: (() => void)[] = [];
    try {
      const events = await this.database.commit(async (transaction) => {
        answers.length = 0;
        const sorted = await this.#sort(transaction, batch, answers);
        // Their events are the next rows of the record, in their order: a job's sequence is the id of its event.
        const first = await this.events.nextId(transaction);
        const fresh = sorted.map((one, index) => ({
          ...one,
          ...newJob(one.body, one.recipe, first + index, one.caller.actor),
        }));
        await insertRows(
          transaction,
          'Job',
          fresh.map(({ row }) => row),
        );
        await insertInPages(
          transaction,
          'JobUnit',
          fresh.flatMap(({ units }) => units),
        );
        await insertRows(transaction, 'IdempotencyKey', fresh.flatMap(keyRow));
        for (const { job, answer } of fresh)
          answers.push(() => answer({ job, status: CREATED, replayed: false }));
        return this.events.appendAll(
          transaction,
          fresh.map(({ job, caller }) => ({ type: 'job.created', data: job, caller })),
        );
      });
      this.events.publish(...events);
    } catch (cause) {
      const refusal = this.#notStored(cause);
      for (const { refuse } of batch) refuse(refusal);
      return;
    }
    for (const answer of answers) answer();
  }

  /** Those whose job is new; the others' answers are added to `answers`, to be given after the commit too. */
  async #sort(
    transaction: Transaction,
    batch: readonly Waiting[],
    answers: (() => void)[],
  ): Promise<Sorted[]> {
    const known = await this.#known(transaction, batch);
    const resolver = this.references.within(transaction);
    const serials = this.serials.within(transaction);
    let room = this.policy.settings.queueLimit - (await openJobs(transaction));
    const fresh: Sorted[] = [];
    for (const waiting of batch) {
      const { body, request, answer, refuse } = waiting;
      const earlier =
        request && (known.get(scopedKey(request)) ?? known.get(scopedKey({ ...request, caller: '' })));
      if (earlier && earlier.fingerprint === request?.fingerprint) {
        const { response, status } = earlier;
        answers.push(() => answer({ job: JSON.parse(response) as Job, status, replayed: true }));
      } else if (earlier) {
        answers.push(() => refuse(reused()));
      } else if (room <= 0) {
        answers.push(() => refuse(this.#full()));
      } else {
        try {
          const resolved = await resolver.resolve(body);
          await serials.admit(body, resolved);
          fresh.push({ ...waiting, recipe: resolved.recipe });
          room -= 1;
        } catch (cause) {
          if (!(cause instanceof ProblemException)) throw cause;
          answers.push(() => refuse(cause));
        }
      }
    }
    return fresh;
  }

  async #known(transaction: Transaction, batch: readonly Waiting[]) {
    const keys = batch.flatMap(({ request }) => (request ? [request.key] : []));
    if (keys.length === 0) return new Map<string, never>();
    const rows = await transaction.idempotencyKey.findMany({ where: { key: { in: keys } } });
    return new Map(rows.map((row) => [scopedKey(row), row]));
  }

  /** A full disk, a file that another process holds: nothing was committed, and the client may come again. */
  #notStored(cause: unknown): ProblemException {
    return comeAgain('not-stored', {}, NOT_STORED_RETRY_SECONDS, cause);
  }

  #full(): ProblemException {
    return comeAgain('queue-full', { limit: this.policy.settings.queueLimit }, QUEUE_RETRY_SECONDS);
  }
}

function openJobs(transaction: Transaction): Promise<number> {
  return transaction.job.count({ where: { state: { in: [...OPEN_JOB_STATES] } } });
}

function keyRow({ request, job }: Fresh) {
  if (!request) return [];
  const createdAt = job.createdAt;
  return [{ caller: '', ...request, response: JSON.stringify(job), status: CREATED, createdAt }];
}

function reused(): ProblemException {
  return new ProblemException('idempotency-key-reused', {});
}
