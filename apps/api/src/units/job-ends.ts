import { OPEN_JOB_STATES, type StationEvent } from '@boardwalk/contracts';
import type { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { countsOf, hasBegun, jobIn } from './job-rows.ts';

/**
 * Ends what still waits in some open jobs, for a reason that is kept. Boards at work are finished and recorded; a job
 * that began is aborted, one that never did is cancelled. With `keepAgain` the units that test a board again stay.
 */
export async function endWaiting(
  transaction: Transaction,
  events: EventLog,
  which: Prisma.JobWhereInput,
  reason: string,
  { keepAgain = false } = {},
): Promise<StationEvent[]> {
  const rows = await transaction.job.findMany({
    where: { AND: [which, { state: { in: [...OPEN_JOB_STATES] } }] },
  });
  const told: StationEvent[] = [];
  for (const row of rows) {
    await transaction.jobUnit.updateMany({
      where: { jobId: row.id, state: 'queued', ...(keepAgain ? { again: null } : {}) },
      data: { state: 'cancelled' },
    });
    const left = keepAgain
      ? await transaction.jobUnit.count({ where: { jobId: row.id, state: 'queued' } })
      : 0;
    const counts = (await countsOf(transaction, [row.id])).get(row.id)!;
    const state = left > 0 ? row.state : hasBegun({ counts }) ? 'aborted' : 'cancelled';
    const data = { state, reason, finishedAt: left > 0 ? null : new Date().toISOString() };
    await transaction.job.update({ where: { id: row.id }, data });
    told.push(await events.append(transaction, 'job.changed', await jobIn(transaction, row.id)));
  }
  return told;
}
