import type { Assessment, Identity, StationEvent } from '@boardwalk/contracts';
import {
  cohortPolicy,
  cohortSentence,
  identityTraits,
  saysNothing,
  timeTraits,
  unlikeLot,
  unlikeReferences,
  NO_TRAITS,
  type CohortPolicy,
  type Unlike,
} from '@boardwalk/identity';
import { flashTimesIn, type IdentifiedAnswer, type RunResult } from '@boardwalk/station';
import { Injectable } from '@nestjs/common';
import { BoardHolds } from '../boards/board-holds.ts';
import { isCohortAccepted, keepUnlike, type FoundIn } from '../lots/cohort-findings.ts';
import { goldenTraits } from '../lots/golden-boards.ts';
import { markUnlike, seeInLot, type SomeTraits } from '../lots/lot-counts.ts';
import type { Transaction } from '../persistence/database.ts';
import { isBoardBeforeUnlike } from '../store/lots/board-before.ts';
import { runInLot } from '../store/lots/run-in-lot.ts';
import type { Claim } from './claims.ts';

type At = Omit<FoundIn, 'against'>;

/** The result of a comparison. */
interface Compared {
  readonly policy: CohortPolicy;
  readonly sentence: string;
}

const REMEDY = 'Take the board out; quality decides about it or its lot. Its flash was not touched.';

/** Compares the board of a run with its lot, and with golden boards where the lot says nothing yet. */
@Injectable()
export class RunCohorts {
  constructor(private readonly holds: BoardHolds) {}

  /** When the chip was read, before anything is erased. */
  async identified(
    transaction: Transaction,
    claim: Claim,
    board: number | null,
    identity: Identity,
    assessment: Assessment,
    told: StationEvent[],
  ): Promise<IdentifiedAnswer> {
    const traits = identityTraits(identity, assessment);
    const compared = await this.#compare(transaction, claim, board, traits);
    if (!compared) return undefined;
    const { policy, sentence: detail } = compared;
    if (policy !== 'hold') return { finding: detail };
    told.push(await this.#hold(transaction, board!, detail));
    return { hold: { reason: 'cohort-held', detail, remedy: REMEDY } };
  }

  /** When a run has ended: how long its chip took. A board that is held then keeps its run's outcome. */
  async ended(
    transaction: Transaction,
    claim: Claim,
    board: number | null,
    { steps }: Pick<RunResult, 'steps'>,
  ): Promise<StationEvent[]> {
    const traits = timeTraits(flashTimesIn(steps));
    if (Object.values(traits).every((value) => value === null)) return [];
    const compared = await this.#compare(transaction, claim, board, traits);
    if (compared?.policy !== 'hold') return [];
    const { state } = await transaction.board.findUniqueOrThrow({ where: { number: board! } });
    return state === 'free' ? [await this.#hold(transaction, board!, compared.sentence)] : [];
  }

  #hold(transaction: Transaction, board: number, detail: string): Promise<StationEvent> {
    return this.holds.hold(transaction, board, { about: 'cohort', reason: 'cohort-held', detail });
  }

  async #compare(
    transaction: Transaction,
    { runId, recipe }: Claim,
    board: number | null,
    traits: SomeTraits,
  ): Promise<Compared | null> {
    if (board === null) return null;
    const { lot, sequence, reference } = await runInLot(transaction, runId, board);
    if (reference !== null) return null;
    const at: At = { lot, board, sequence, runId };
    const { against, others, unlike } = await differences(transaction, at, traits, recipe.name);
    if (unlike.length === 0) return null;
    const policy = cohortPolicy({
      onCohortChange: recipe.onCohortChange ?? 'note',
      secondInRow: lot !== null && (await isBoardBeforeUnlike(transaction, lot, at)),
      accepted: await isCohortAccepted(transaction, board),
    });
    await keepUnlike(transaction, { ...at, against }, unlike, policy);
    // A board that a person accepted is one of its lot.
    if (lot !== null && policy !== 'accept') {
      const traits = unlike.map(({ trait }) => trait);
      await markUnlike(transaction, { lot, board, sequence }, traits);
    }
    return { policy, sentence: cohortSentence(others, unlike) };
  }
}

/** In what a board is unlike its lot; where the lot says nothing of a trait, unlike the recipe's golden boards. */
async function differences(
  transaction: Transaction,
  { lot, board, sequence }: At,
  traits: SomeTraits,
  recipe: string,
): Promise<{ against: FoundIn['against']; others: string; unlike: Unlike[] }> {
  const shown = { ...NO_TRAITS, ...traits };
  const counts = lot === null ? [] : await seeInLot(transaction, { lot, board, sequence }, traits);
  const unlike = unlikeLot(shown, counts);
  const others = `the other boards of lot ${lot ?? ''}`;
  if (unlike.length > 0) return { against: 'lot', others, unlike };
  const golden = unlikeReferences(shown, await goldenTraits(transaction, recipe));
  return {
    ...{ against: 'reference', others: 'the golden boards of this recipe' },
    unlike: golden.filter(({ trait }) => saysNothing(trait, counts)),
  };
}
