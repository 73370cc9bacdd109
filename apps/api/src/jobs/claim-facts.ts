import type { Recipe } from '@boardwalk/contracts';
import { doubtPolicyOf, type BoardFacts, type ClaimFacts, type FitFacts } from '@boardwalk/work';
import type { RecordDoubt } from '../boards/doubts.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { placeInOrder } from '../recipes/order-places.ts';
import type { UnitWithJob } from './next-unit.ts';
import { boardWork, nameOf, serialPlaces, serialWork, type Work } from './serial-places.ts';

/** What the record tells of a unit and the board in a slot. */
export interface Asked {
  readonly slot: string;
  readonly unit: Pick<UnitWithJob, 'serial' | 'again'> & { readonly job: Work };
  readonly recipe: Recipe;
  readonly board: Board | null;
  readonly doubts: readonly RecordDoubt[];
  readonly fit: FitFacts;
  /** The run that asks, once it has begun: it is not in its own way, and has its place. */
  readonly runId: string | null;
  readonly now: string;
}

/** Reads everything that {@link ClaimFacts} need: a few queries by indexes. */
export async function claimFacts(transaction: Transaction, asked: Asked): Promise<ClaimFacts> {
  const { slot, unit, recipe, board, doubts, fit, runId, now } = asked;
  const { job, serial, again } = unit;
  const of = serial === null ? [] : [serial];
  const elsewhere = serial === null || runId !== null ? null : await runningPlace(transaction, serial);
  const workOf = await boardWork(transaction, board ? [board.number] : [], job);
  const serialOf = await serialWork(transaction, of, job);
  const place =
    job.workOrder === null || runId !== null ? null : await placeInOrder(transaction, job.workOrder, now);
  const ordered = job.workOrder !== null;
  return {
    ...{ slot, unit: { serial, again }, fit, doubts, elsewhere, place, ordered },
    board: board && (await boardFacts(transaction, board, runId)),
    boardWork: workOf(board?.number ?? 0),
    serialWork: serialOf(serial ?? ''),
    work: nameOf(job),
    policy: doubtPolicyOf(recipe.onRecordDoubt ?? null, { ordered, released: recipe.state === 'released' }),
  };
}

/** Where the serial runs; that it waits is this unit itself, and the door has let in no other. */
async function runningPlace(transaction: Transaction, serial: string) {
  const place = (await serialPlaces(transaction, [serial])).get(serial);
  return place?.state === 'running' ? place : null;
}

async function boardFacts(transaction: Transaction, row: Board, runId: string | null): Promise<BoardFacts> {
  const { number, state, heldDetail, reference } = row;
  const [at] = await transaction.$queryRaw<{ slot: string }[]>`
    SELECT r."slot" FROM "Lease" l JOIN "Run" r ON r."id" = l."runId"
    WHERE l."runId" NOT IN ('', ${runId ?? ''}) AND r."board" = ${number} LIMIT 1`;
  return {
    ...{ number, state: state as BoardFacts['state'], stateReason: heldDetail },
    reference: reference as BoardFacts['reference'],
    runsIn: at?.slot ?? null,
  };
}
