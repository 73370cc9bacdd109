import { OPEN_JOB_STATES } from '@boardwalk/contracts';
import type { Transaction } from '../../persistence/database.ts';
import { given } from './conditions.ts';

/**
 * A unit of any slot whose run was of a golden or known-bad board waits again for a board of its own, unless it names the
 * serial of that board. By `JobUnit_runId_idx` and the primary keys.
 */
export async function returnUnit(transaction: Transaction, runId: string): Promise<void> {
  await transaction.$executeRaw`
    UPDATE "JobUnit" SET "state" = 'queued', "runId" = NULL
    WHERE "runId" = ${runId} AND "slot" IS NULL
      AND EXISTS (SELECT 1 FROM "Run" r WHERE r."id" = ${runId} AND r."reference" IS NOT NULL
        AND ("JobUnit"."serial" IS NULL OR r."serial" IS NOT "JobUnit"."serial"))
      AND EXISTS (SELECT 1 FROM "Job" j WHERE j."id" = "JobUnit"."jobId"
        AND j."state" IN ${given([...OPEN_JOB_STATES])})`;
}
