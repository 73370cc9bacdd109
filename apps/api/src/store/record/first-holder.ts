import { HELD_JOB_STATES } from '@boardwalk/contracts';
import type { Transaction } from '../../persistence/database.ts';
import { Prisma } from '../../persistence/gen/client.ts';

/**
 * The account that held a subject: the author of its first event since it was not held. Null where it is not held. By
 * `Event_subject_id_idx`.
 * @param subject such as `job/job_01J…`
 */
export async function firstHolder(
  transaction: Transaction,
  subject: string,
): Promise<{ readonly actor: string; readonly role: string } | null> {
  const state = Prisma.sql`json_extract("data", '$.state')`;
  const held = Prisma.join([...HELD_JOB_STATES]);
  const [first] = await transaction.$queryRaw<{ actor: string; role: string }[]>`
    SELECT "actor", "role" FROM "Event" WHERE "subject" = ${subject} AND ${state} IN (${held}) AND "id" > coalesce(
      (SELECT max("id") FROM "Event" WHERE "subject" = ${subject} AND ${state} NOT IN (${held})), 0)
    ORDER BY "id" LIMIT 1`;
  return first ?? null;
}
