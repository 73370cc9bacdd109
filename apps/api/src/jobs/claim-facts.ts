import type { Recipe } from '@boardwalk/contracts';
import { doubtPolicyOf, type BoardFacts, type ClaimFacts, type FitFacts } from '@boardwalk/work';
import type { RecordDoubt } from '../boards/doubts.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { placeInOrder } from '../recipes/order-places.ts';
import { runsAtWork } from '../store/queue/runs-at-work.ts';
import type { UnitWithJob } from '../store/queue/unit-to-run.ts';
import { nameOf, workFacts, type Work } from './work-facts.ts';

/** What the record tells of a unit and the board in a slot. */
export interface Asked {
  readonly slot: string;
  /** What the recipe asks for and the way to the slot's board does not give, as a sentence. */
  readonly slotLacks: string | null;
  /** Why the slot is not open for the shift, in sentences; null for a run that has begun. */
  readonly notOpen: string | null;
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
  const { unit, recipe, board, doubts, fit, runId, now, slot, slotLacks, notOpen } = asked;
  const { job, serial, again } = unit;
  const { elsewhere, runsIn } = await atWork(transaction, asked);
  const known = await workFacts(
    transaction,
    board ? [board.number] : [],
    serial === null ? [] : [serial],
    job,
  );
  const place =
    job.workOrder === null || runId !== null ? null : await placeInOrder(transaction, job.workOrder, now);
  const ordered = job.workOrder !== null;
  return {
    ...{ slot, slotLacks, notOpen, unit: { serial, again }, fit, doubts, elsewhere, place, ordered },
    board: board && { ...boardFacts(board), runsIn },
    boardWork: known.ofBoard(board?.number ?? 0),
    serialWork: known.ofSerial(serial ?? ''),
    work: nameOf(job),
    policy: doubtPolicyOf(recipe.onRecordDoubt ?? null, { ordered, released: recipe.state === 'released' }),
  };
}

/**
 * Where the serial and the board run, apart from the run that asks. That the serial waits is this unit itself, and the
 * door has let in no other; a run that has begun does not ask about its serial.
 */
async function atWork(transaction: Transaction, { unit, board, runId }: Asked) {
  const serial = runId === null ? unit.serial : null;
  const rows =
    serial === null && !board
      ? []
      : await runsAtWork(transaction, { board: board?.number ?? null, serial, runId });
  const other = serial === null ? undefined : rows.find((row) => row.serial === serial);
  const same = board ? rows.find((row) => row.board === board.number) : undefined;
  return {
    elsewhere: other ? { state: 'running' as const, jobId: other.jobId, slot: other.slot } : null,
    runsIn: same?.slot ?? null,
  };
}

function boardFacts({ number, state, heldDetail, reference }: Board): Omit<BoardFacts, 'runsIn'> {
  return {
    ...{ number, state: state as BoardFacts['state'], stateReason: heldDetail },
    reference: reference as BoardFacts['reference'],
  };
}
