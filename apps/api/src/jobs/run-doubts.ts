import type { StationEvent } from '@boardwalk/contracts';
import type { IdentifiedAnswer } from '@boardwalk/station';
import { judge, type FitFacts, type UnitReason } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardBook, type Identified } from '../boards/board-book.ts';
import { BoardHolds } from '../boards/board-holds.ts';
import type { Transaction } from '../persistence/database.ts';
import { claimFacts } from './claim-facts.ts';
import type { Claim } from './claims.ts';

type Hold = Extract<NonNullable<IdentifiedAnswer>, { hold: unknown }>['hold'];

/** How a run ends whose board turned out, once its chip was read, to be one that may not run. */
const ENDS: Readonly<Partial<Record<UnitReason, Hold['reason']>>> = {
  'board-rejected': 'record-refused',
  'record-refused': 'record-refused',
  'passed-already': 'passed-already',
};
/** How it ends on a board that a person must decide about first. */
const HELD_ABOUT: Readonly<Record<string, Hold['reason']>> = {
  ...{ identity: 'identity-held', cohort: 'cohort-held' },
};
const REMEDY = 'Take the board out; its flash was not touched.';
/** What a look compares; a run finds it out by itself. */
const FITS: FitFacts = { fits: true, needsKib: 0, statesKib: null };

/** Asks the record again when a run has read which chip it is, before anything is erased. */
@Injectable()
export class RunDoubts {
  constructor(
    private readonly boards: BoardBook,
    private readonly holds: BoardHolds,
  ) {}

  async answer(
    transaction: Transaction,
    { runId, slot, unit, recipe }: Claim,
    { board: number, doubts }: Identified,
    told: StationEvent[],
  ): Promise<IdentifiedAnswer> {
    if (number === null) return undefined;
    const board = await transaction.board.findUniqueOrThrow({ where: { number } });
    const now = new Date().toISOString();
    const asked = {
      slot,
      slotLacks: null,
      notOpen: null,
      unit,
      recipe,
      board,
      doubts,
      fit: FITS,
      runId,
      now,
    };
    const judgement = judge(await claimFacts(transaction, asked));
    if (judgement.kind === 'go') {
      if (judgement.finding === null) return undefined;
      await this.#accept(transaction, runId, number, doubts);
      return { finding: judgement.finding };
    }
    const { reason, sentence: detail } = judgement;
    if (judgement.kind === 'hold')
      told.push(await this.holds.hold(transaction, number, { about: 'record', reason, detail }));
    const policy = judgement.kind === 'hold' ? 'hold' : 'refuse';
    await this.holds.found(transaction, doubts, { board: number, runId, policy });
    const held = HELD_ABOUT[board.heldAbout ?? 'record'] ?? 'record-held';
    return { hold: { reason: ENDS[reason] ?? held, detail, remedy: REMEDY } };
  }

  /** The recipe's policy accepts it: the serial is this chip's too, and the record has a finding. */
  async #accept(
    transaction: Transaction,
    runId: string,
    board: number,
    doubts: Identified['doubts'],
  ): Promise<void> {
    const { sequence } = await transaction.run.findUniqueOrThrow({ where: { id: runId } });
    await this.holds.found(transaction, doubts, { board, runId, policy: 'accept' });
    await this.boards.giveSerial(transaction, board, doubts[0]!.serial, sequence!);
  }
}
