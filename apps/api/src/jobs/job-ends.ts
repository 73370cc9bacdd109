import type { StationEvent } from '@boardwalk/contracts';
import type { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Prisma } from '../persistence/gen/client.ts';
import { countsOf, hasBegun, toJob } from './job-rows.ts';

const OPEN_STATES = ['held', 'queued', 'running', 'paused'];

/**
 * Ends what still waits in some open jobs, for a reason that is kept. Boards at work are finished and recorded; a job
 * that began is aborted, one that never did is cancelled.
 */
export async function endWaiting(
  transaction: Transaction,
  events: EventLog,
  which: Prisma.JobWhereInput,
  reason: string,
): Promise<StationEvent[]> {
  const rows = await transaction.job.findMany({ where: { AND: [which, { state: { in: OPEN_STATES } }] } });
  const counts = await countsOf(
    transaction,
    rows.map(({ id }) => id),
  );
  const told: StationEvent[] = [];
  for (const row of rows) {
    await transaction.jobUnit.updateMany({
      where: { jobId: row.id, state: 'queued' },
      data: { state: 'cancelled' },
    });
    const state = hasBegun({ counts: counts.get(row.id)! }) ? 'aborted' : 'cancelled';
    const data = { state, reason, finishedAt: new Date().toISOString() };
    await transaction.job.update({ where: { id: row.id }, data });
    told.push(
      await events.append(transaction, 'job.changed', toJob({ ...row, ...data }, counts.get(row.id)!)),
    );
  }
  return told;
}
