import { Bench } from '@boardwalk/station';
import { nearlyEqual, slotCode, type ScanCommand } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { dropAsked } from './asked-serial.ts';
import { BoardScan } from './board-scan.ts';
import { ReservationCommands } from './reservation-commands.ts';
import { RunAll } from './run-all.ts';
import { refusal, type ScanOutcome, type ScanTurn } from './scan-turn.ts';

type Named<Name extends ScanCommand['name']> = Extract<ScanCommand, { name: Name }>;
type Handlers = {
  readonly [Name in ScanCommand['name']]: (
    turn: ScanTurn,
    command: Named<Name>,
    code: string,
  ) => Promise<ScanOutcome> | ScanOutcome;
};

/** Commands of codes: what each does to the operator's choices and reservations. */
@Injectable()
export class ScanCommands {
  constructor(
    private readonly bench: Bench,
    private readonly boards: BoardScan,
    private readonly reserved: ReservationCommands,
    private readonly all: RunAll,
  ) {}

  async run(turn: ScanTurn, command: ScanCommand, code: string): Promise<ScanOutcome> {
    const handler = this.#handlers[command.name];
    return handler(turn, command as never, code);
  }

  readonly #handlers: Handlers = {
    SLOT: (turn, { slot }, code) => this.#slot(turn, slot, code),
    LOT: (turn, { lot }, code) => {
      turn.choice.lot = lot;
      return done(code, `Lot ${lot}: the chips of the boards scanned from now on.`);
    },
    AGAIN: (turn, { reason }, code) => this.reserved.again(turn, reason, code),
    SKIP: (turn, _command, code) => this.reserved.skip(turn, code),
    UNDO: (turn, _command, code) => this.reserved.undo(turn, code),
    MUTE: (_turn, _command, code) => done(code, 'Sound off or on.'),
    LOGOUT: async (turn, _command, code) => {
      await dropAsked(turn, 'The operator logged out.');
      Object.assign(turn.choice, { slot: null, again: null });
      return done(code, 'The page logs out. Scan a badge to go on.');
    },
    'RUN-ALL': (turn, _command, code) => this.all.run(turn, code),
  };

  async #slot(turn: ScanTurn, slot: string, code: string): Promise<ScanOutcome> {
    const { choice } = turn;
    if (!this.bench.slot(slot)) {
      const known = this.bench.slots.map(({ name }) => slotCode(name));
      const [near] = nearlyEqual(code, known);
      const message = near
        ? `There is no slot ${slot}. Did you mean ${near}? Scan the code of the slot.`
        : `There is no slot ${slot}. The slots of this bench are ${known.join(', ')}.`;
      return { ...refusal(code, message, code), kept: { code, fate: null, reason: message } };
    }
    if (choice.asks === 'slot' && choice.serial !== null) {
      const { serial, scanId } = choice;
      const placed = await this.boards.place(turn, { serial, slot, scanId });
      const meaning = placed.meaning === 'serial' ? 'slot' : placed.meaning;
      return { ...placed, meaning, value: slot, slot, kept: { code, fate: null } };
    }
    choice.slot = slot;
    return {
      ...{ meaning: 'slot', value: slot, slot, kept: { code, fate: null } },
      message: `Slot ${slot}: the next board scanned is in there.`,
    };
  }
}

/** A command that was carried out. */
export function done(code: string, message: string, rest: Partial<ScanOutcome> = {}): ScanOutcome {
  return { meaning: 'command', value: code, message, kept: { code, fate: null }, ...rest };
}
