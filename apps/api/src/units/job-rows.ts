import type { CreateJob, Job, JobCounts, JobState, JobUnit, WaitingUnit } from '@boardwalk/contracts';
import { monotonicFactory } from 'ulid';
import type { Reader } from '../persistence/database.ts';
import type { Job as JobRow } from '../persistence/gen/client.ts';
import { jobCounts } from '../store/queue/job-counts.ts';
import { unitReasons } from '../store/queue/unit-reasons.ts';

/** Ids sort in the order in which their jobs came, within a millisecond too. */
const nextId = monotonicFactory();

/** Waiting makes a job more urgent: one step of priority a minute. */
const AGE_STEP_MS = 60_000;

/**
 * Where a job stands in the queue, higher first. It holds still while time passes, so an index can order by it: each
 * minute lifts all that wait alike. A job that got a board waits anew, so that jobs of one priority take turns.
 */
export function urgencyOf(priority: number, waitsSince: string): number {
  return priority - Date.parse(waitsSince) / AGE_STEP_MS;
}

/** The rows of a job that is new. */
export function newJob(
  body: CreateJob,
  recipe: { name: string; revision: number; image: string; imageFileSha256: string | null },
  sequence: number,
  author: string,
) {
  const id = `job_${nextId()}`;
  const createdAt = new Date().toISOString();
  const notBefore = utc(body.notBefore);
  const units: JobUnit[] = body.units ?? Array.from({ length: body.count ?? 1 }, () => ({}));
  const row = {
    id,
    sequence,
    author,
    state: body.hold ? 'held' : 'queued',
    recipeName: recipe.name,
    recipeRevision: recipe.revision,
    image: recipe.image,
    imageFileSha256: recipe.imageFileSha256,
    workOrder: body.workOrder ?? null,
    priority: body.priority,
    notBefore,
    notAfter: utc(body.notAfter),
    clientRef: body.clientRef ?? null,
    reason: null,
    createdAt,
    finishedAt: null,
    urgency: urgencyOf(body.priority, notBefore !== null && notBefore > createdAt ? notBefore : createdAt),
  };
  const unitRows = units.map(({ serial, slot, data, again }) => ({
    jobId: id,
    serial: serial ?? null,
    slot: slot ?? null,
    state: 'queued',
    data: data === undefined ? null : JSON.stringify(data),
    again: again ?? null,
  }));
  return { row, units: unitRows, job: toJob(row, { ...NO_COUNTS, requested: units.length }, []) };
}

/** Times are stored in UTC, whatever offset they came with: text that sorts as time does. */
export function utc(time: string | undefined | null): string | null {
  return time === undefined || time === null ? null : new Date(time).toISOString();
}

const NO_COUNTS: JobCounts = {
  requested: 0,
  running: 0,
  passed: 0,
  failed: 0,
  error: 0,
  timeout: 0,
  aborted: 0,
};
const COUNT_OF: Readonly<Record<string, keyof JobCounts>> = {
  PASS: 'passed',
  FAIL: 'failed',
  ERROR: 'error',
  TIMEOUT: 'timeout',
  ABORTED: 'aborted',
};

/** Counts the boards of several jobs by outcome, in one query. */
export async function countsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, JobCounts>> {
  const counts = new Map<string, JobCounts>(ids.map((id) => [id, { ...NO_COUNTS }]));
  for (const { jobId, state, outcome, count } of await jobCounts(reader, ids)) {
    const of = counts.get(jobId)!;
    const name = COUNT_OF[outcome ?? ''];
    if (state !== null) of.requested += count;
    if (state === 'running') of.running = count;
    if (name) of[name] = count;
  }
  return counts;
}

/** Whether any board of the job was begun. */
export function hasBegun({ counts }: Pick<Job, 'counts'>): boolean {
  const { running, passed, failed, error, timeout, aborted } = counts;
  return running + passed + failed + error + timeout + aborted > 0;
}

const SHOWN_UNITS = 100;
const UNIT_STATES: Readonly<Record<string, WaitingUnit['state']>> = {
  queued: 'waiting',
  refused: 'refused',
  done: 'done',
};

/** The units of several jobs that have a reason to tell. */
export async function reasonsOf(reader: Reader, ids: readonly string[]): Promise<Map<string, WaitingUnit[]>> {
  const reasons = new Map<string, WaitingUnit[]>(ids.map((id) => [id, []]));
  for (const { jobId, serial, slot, state, reason, heldBoard: board } of await unitReasons(reader, ids)) {
    const of = reasons.get(jobId)!;
    if (of.length < SHOWN_UNITS) of.push({ serial, slot, state: UNIT_STATES[state]!, reason, board });
  }
  return reasons;
}

/** Stored jobs as the contract shows them, in the order given. */
export async function jobsOf(reader: Reader, rows: readonly JobRow[]): Promise<Job[]> {
  const ids = rows.map(({ id }) => id);
  const [counts, reasons] = [await countsOf(reader, ids), await reasonsOf(reader, ids)];
  return rows.map((row) => toJob(row, counts.get(row.id)!, reasons.get(row.id)!));
}

/** One stored job as the contract shows it. */
export async function jobIn(reader: Reader, id: string): Promise<Job> {
  return (await jobsOf(reader, [await reader.job.findUniqueOrThrow({ where: { id } })]))[0]!;
}

function toJob(row: JobRow, counts: JobCounts, unitReasons: WaitingUnit[]): Job {
  const { id, state, recipeName, recipeRevision, image, workOrder, priority } = row;
  const { notBefore, notAfter, clientRef, reason, createdAt, finishedAt, sequence, author, imageFileSha256 } =
    row;
  const self = `/api/v1/jobs/${id}`;
  return {
    ...{ id, sequence, author, image, imageFileSha256, workOrder, priority, notBefore, notAfter, clientRef },
    ...{ reason, createdAt, finishedAt, unitReasons },
    state: state as JobState,
    recipe: { name: recipeName, revision: recipeRevision },
    counts,
    links: { self, runs: `${self}/runs`, events: '/api/v1/events' },
  };
}
