import { Injectable } from '@nestjs/common';
import { dropAsked } from './asked-serial.ts';
import { BoardScan } from './board-scan.ts';
import { liveReservations, type LiveReservation } from '../store/queue/live-reservations.ts';
import { Reservations } from './reservations.ts';
import { RunAll } from './run-all.ts';
import { hasSource, refusal, type ScanOutcome, type ScanTurn } from './scan-turn.ts';

/** AGAIN, SKIP and UNDO: what they do to a board that waits, or that was scanned last. */
@Injectable()
export class ReservationCommands {
  constructor(
    private readonly boards: BoardScan,
    private readonly reservations: Reservations,
    private readonly all: RunAll,
  ) {}

  /** The serial that was just said to be done, the board in the slot that was scanned, or the next board. */
  async again(turn: ScanTurn, reason: string, code: string): Promise<ScanOutcome> {
    const { choice } = turn;
    choice.again = reason;
    if (choice.asks === 'again' && choice.serial !== null) {
      const { serial, scanId, slot } = choice;
      return asCommand(await this.boards.place(turn, { serial, slot, scanId }), code);
    }
    const waiting = await this.#inPlace(turn);
    if (waiting) return this.#runInPlace(turn, waiting, reason, code);
    const slot = turn.slots.find(({ name }) => name === choice.slot);
    if (slot?.use === 'done' && slot.reservedFor === null && hasSource(turn)) {
      const { name, serial } = slot;
      return serial === null
        ? this.all.start(turn, [name], code)
        : asCommand(await this.boards.place(turn, { serial, slot: name, scanId: null }), code);
    }
    return asCommand({ message: `The next board scanned is tested again: ${reason}.` }, code);
  }

  /** A reservation of this operator whose board has not left its slot: it ran there under the same serial. */
  async #inPlace(turn: ScanTurn): Promise<LiveReservation | undefined> {
    const own = await this.#own(turn);
    return own.find(({ slot, serial, insertion }) => {
      const facts = turn.slots.find(({ name }) => name === slot);
      return insertion !== null && facts?.use === 'done' && facts.serial === serial;
    });
  }

  async #runInPlace(
    turn: ScanTurn,
    { slot, serial, unitId, jobId }: LiveReservation,
    again: string,
    code: string,
  ) {
    const { transaction, choice } = turn;
    await this.reservations.runInPlace(transaction, slot);
    await transaction.jobUnit.update({ where: { id: unitId }, data: { again } });
    choice.again = null;
    return asCommand(
      { message: `Board ${serial} starts in slot ${slot} again: ${again}.`, jobId, slot },
      code,
    );
  }

  /** The board that waits for its slot or for a person is left out. */
  async skip(turn: ScanTurn, code: string): Promise<ScanOutcome> {
    const { choice } = turn;
    Object.assign(choice, { slot: null, again: null });
    const left = (await dropAsked(turn, 'Skipped.')) ?? (await this.#endLast(turn, 'Skipped.'));
    if (left !== null) return asCommand({ message: `${left} is left out. Scan the next board.` }, code);
    const message = 'No board waits for its slot, so there is nothing to skip. Scan the next board.';
    return { ...refusal(code, message, code), kept: { code, fate: null, reason: message } };
  }

  /** Takes back the latest choice: what is for the next board, then the last board, then the lot, then the order. */
  async undo(turn: ScanTurn, code: string): Promise<ScanOutcome> {
    const taken = await this.#undone(turn);
    if (taken !== null) return asCommand({ message: `Taken back: ${taken}.` }, code);
    const message = 'Nothing is chosen and no board waits, so there is nothing to take back.';
    return { ...refusal(code, message, code), kept: { code, fate: null, reason: message } };
  }

  async #undone(turn: ScanTurn): Promise<string | null> {
    const { choice } = turn;
    const { slot, again, lot, workOrder, recipe } = choice;
    if (slot !== null || again !== null) {
      Object.assign(choice, { slot: null, again: null });
      return slot === null ? 'the test again' : `slot ${slot}`;
    }
    const board = (await dropAsked(turn, 'Taken back.')) ?? (await this.#endLast(turn, 'Taken back.'));
    if (board !== null) return board;
    if (lot !== null) {
      choice.lot = null;
      return `lot ${lot}`;
    }
    Object.assign(choice, { workOrder: null, recipe: null });
    if (workOrder !== null) return `work order ${workOrder}`;
    return recipe === null ? null : `recipe ${recipe}`;
  }

  /** Ends this operator's latest reservation. @returns its serial; null where there is none */
  async #endLast(turn: ScanTurn, reason: string): Promise<string | null> {
    const last = (await this.#own(turn)).at(-1);
    if (!last) return null;
    turn.told.push(...(await this.reservations.end(turn.transaction, last, 'cancelled', reason)));
    return last.serial === '' ? `the board in slot ${last.slot}` : last.serial;
  }

  async #own({ transaction, account, now }: ScanTurn): Promise<LiveReservation[]> {
    return (await liveReservations(transaction, now)).filter((row) => row.account === account);
  }
}

/** The answer to a command, whatever it set in motion. */
function asCommand(outcome: Partial<ScanOutcome> & { message: string }, code: string): ScanOutcome {
  const meaning = outcome.meaning === 'refused' ? 'refused' : 'command';
  return { ...outcome, meaning, value: code, kept: { code, fate: null } };
}
