import type { CreateDecision, StationEvent } from '@boardwalk/contracts';
import { DECISIONS } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardBook } from '../boards/board-book.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { OrderBook } from '../recipes/order-book.ts';
import { UnitNotes } from '../jobs/unit-notes.ts';
import { unitsHeldByBoard } from '../store/queue/units-held-by-board.ts';
import type { Doubt } from './held-doubts.ts';

type Effect = (
  transaction: Transaction,
  board: Board,
  doubt: Doubt | null,
  sequence: number,
) => Promise<void>;

/** What decisions change, in the transaction that stores them. */
@Injectable()
export class DecisionEffects {
  constructor(
    private readonly boards: BoardBook,
    private readonly orders: OrderBook,
    private readonly notes: UnitNotes,
  ) {}

  /** Applies a decision to one board: its state, its serials, and the units that wait for it. */
  async apply(
    transaction: Transaction,
    { decision, reason }: Pick<CreateDecision, 'decision' | 'reason'>,
    board: Board,
    doubt: Doubt | null,
    sequence: number,
  ): Promise<StationEvent[]> {
    const { becomes } = DECISIONS[decision];
    await this.#effects[decision]?.(transaction, board, doubt, sequence);
    const held = { heldAbout: null, heldReason: null, heldAt: null };
    const detail = becomes === 'rejected' ? `It was rejected: ${reason}` : null;
    const { number } = board;
    await transaction.board.update({
      where: { number },
      data: { state: becomes, ...held, heldDetail: detail },
    });
    const units = await this.#units(transaction, number, decision, reason);
    return [await this.boards.changed(transaction, number), ...units];
  }

  readonly #effects: Readonly<Partial<Record<CreateDecision['decision'], Effect>>> = {
    'same-board': (transaction, board, doubt, sequence) => this.#pair(transaction, board, doubt, sequence),
    replaced: (transaction, board, doubt, sequence) => this.#pair(transaction, board, doubt, sequence),
    accept: async (transaction, { number }, doubt, sequence) => {
      if (doubt) await this.boards.giveSerial(transaction, number, doubt.serial, sequence);
    },
  };

  /** The serial is this chip's alone, and this chip has no other. */
  async #pair(
    transaction: Transaction,
    { number }: Board,
    doubt: Doubt | null,
    sequence: number,
  ): Promise<void> {
    if (!doubt) return;
    const { serial } = doubt;
    const rows = await transaction.boardSerial.findMany({
      where: {
        current: true,
        OR: [
          { serial, board: { not: number } },
          { board: number, serial: { not: serial } },
        ],
      },
    });
    for (const row of rows) await this.boards.endSerial(transaction, row.board, row.serial);
    await this.boards.giveSerial(transaction, number, serial, sequence);
  }

  /** The old board keeps its history and counts for its orders no more: they say so. */
  async replace(transaction: Transaction, old: number): Promise<StationEvent[]> {
    const rows = await transaction.orderBoard.findMany({ where: { board: old, counts: true } });
    await this.boards.recount(transaction, old);
    const told = [await this.boards.changed(transaction, old)];
    for (const { workOrder } of rows) told.push(await this.orders.changed(transaction, workOrder));
    return told;
  }

  async #units(
    transaction: Transaction,
    board: number,
    decision: CreateDecision['decision'],
    reason: string,
  ): Promise<StationEvent[]> {
    const told: StationEvent[] = [];
    for (const unit of await unitsHeldByBoard(transaction, board))
      told.push(await this.#unit(transaction, unit, board, decision, reason));
    return told;
  }

  #unit(
    transaction: Transaction,
    unit: { id: number; jobId: string },
    board: number,
    decision: CreateDecision['decision'],
    reason: string,
  ): Promise<StationEvent> {
    switch (DECISIONS[decision].unit) {
      case 'refused':
        return this.notes.ends(transaction, unit, 'refused', `Refused: ${reason}`);
      case 'waits':
        return this.notes.waitsForAnother(
          transaction,
          unit,
          `Board ${board} was rejected: ${reason}. Put in another board.`,
        );
      default:
        return this.notes.goesOn(transaction, unit, reason);
    }
  }
}
