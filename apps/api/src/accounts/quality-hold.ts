import type { Role } from '@boardwalk/contracts';
import { callerNow } from '../events/caller.ts';
import { ProblemException } from '../problems/problems.ts';
import type { Transaction } from '../persistence/database.ts';
import { firstHolder } from '../store/record/first-holder.ts';

const MAY_RELEASE: readonly string[] = ['quality', 'admin', 'station'] satisfies (Role | 'station')[];

/**
 * What quality held is released by quality or an admin. Who held it is read from the record: the first event of the
 * subject since it was not held.
 * @param subject such as `job/job_01J…`
 * @throws ProblemException 403
 */
export async function refuseQualityHold(transaction: Transaction, subject: string): Promise<void> {
  const { actor, role } = callerNow();
  if (MAY_RELEASE.includes(role)) return;
  const first = await firstHolder(transaction, subject);
  if (first?.role !== 'quality') return;
  throw new ProblemException('forbidden:quality-hold', { holder: first.actor, actor, role });
}
