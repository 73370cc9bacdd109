import type { Recipe } from '@boardwalk/contracts';
import { Bench, type BenchSlot } from '@boardwalk/station';
import { judge, type Judgement } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardBook } from '../boards/board-book.ts';
import { claimFacts } from '../jobs/claim-facts.ts';
import { fitOn } from '../jobs/image-fit.ts';
import { unitOn } from '../jobs/reference-units.ts';
import { lackOf } from '../jobs/slot-transports.ts';
import { openingSlot } from '../openings/shown-openings.ts';
import { asks, SlotOpenings } from '../openings/slot-openings.ts';
import type { ScanTurn } from './scan-turn.ts';
import { ScanUnits } from './scan-units.ts';

/**
 * What becomes of a board that is in its slot. wait: nothing would start, so nothing is made; hold, refuse: the claim
 * will say so in the record.
 */
export type StartJudgement =
  { readonly kind: 'go' } | { readonly kind: 'wait' | 'hold' | 'refuse'; readonly sentence: string };

export const GOES: StartJudgement = { kind: 'go' };

/** Asks the rules of the claim before a scan is answered: no answer says "starts" of what will not. */
@Injectable()
export class StartCheck {
  constructor(
    private readonly bench: Bench,
    private readonly boards: BoardBook,
    private readonly units: ScanUnits,
    private readonly openings: SlotOpenings,
  ) {}

  async judge(turn: ScanTurn, slot: string, serial: string | null): Promise<StartJudgement> {
    const { transaction, now, choice } = turn;
    const chosen = await this.units.chosen(turn);
    // Why it may not run is said when its job is made.
    if ('refused' in chosen) return GOES;
    const socket = this.bench.slot(slot);
    const chip = socket?.snapshot().board ?? null;
    const uid = chip?.uid ?? null;
    const { board, doubts } = await this.boards.pair(transaction, { uid, serial });
    const { flashSizeKib = null, deviceId = null } = chip ?? {};
    const fit = await fitOn(transaction, chosen.recipe, { flashSizeKib, deviceId });
    const on = await unitOn(transaction, board, { serial, slot }, chosen.recipe);
    if ('said' in on) return { kind: 'wait', sentence: on.said.sentence };
    const unit = { serial, again: choice.again, job: chosen.work };
    const slotLacks = socket ? lackOf(chosen.recipe, socket.transport) : null;
    const notOpen = socket && !board?.reference ? await this.#barOf(turn, socket, chosen.recipe) : null;
    const asked = {
      slot,
      slotLacks,
      notOpen,
      unit,
      recipe: chosen.recipe,
      board,
      doubts,
      fit,
      runId: null,
      now,
    };
    return simple(judge(await claimFacts(transaction, asked)));
  }

  /** Before a board is put in: whether the slot is open for it. */
  async judgeEmpty(turn: ScanTurn, slot: string, serial: string): Promise<StartJudgement> {
    const chosen = await this.units.chosen(turn);
    const socket = this.bench.slot(slot);
    if ('refused' in chosen || !socket || !asks(chosen.recipe)) return GOES;
    const { board } = await this.boards.pair(turn.transaction, { uid: null, serial });
    const sentence = board?.reference ? null : await this.#barOf(turn, socket, chosen.recipe);
    return sentence === null ? GOES : { kind: 'wait', sentence };
  }

  #barOf({ transaction }: ScanTurn, socket: BenchSlot, recipe: Recipe): Promise<string | null> {
    return this.openings.barOf(transaction, openingSlot(socket), recipe, new Date().toISOString());
  }
}

function simple(judgement: Judgement): StartJudgement {
  if (judgement.kind === 'go') return GOES;
  const { kind, sentence } = judgement;
  return { kind: kind === 'done' ? 'wait' : kind, sentence };
}
