import type { DecisionAbout, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { BoardBook } from './board-book.ts';
import type { RecordDoubt } from './doubts.ts';
import type { Transaction } from '../persistence/database.ts';
import { HeldSockets } from './held-sockets.ts';

/** Why a board waits for a person. */
export interface HoldReason {
  readonly about: DecisionAbout;
  /** A stable word. */
  readonly reason: string;
  /** What was found, as a sentence. */
  readonly detail: string;
}

/** Boards that wait for a person's decision, and what the record found doubtful about them. */
@Injectable()
export class BoardHolds {
  readonly sockets = new HeldSockets();

  constructor(private readonly boards: BoardBook) {}

  /** No run starts on the board from now on, until a decision. */
  async hold(transaction: Transaction, number: number, why: HoldReason): Promise<StationEvent> {
    const { about, reason, detail } = why;
    await transaction.board.update({
      where: { number },
      data: {
        ...{ state: 'held', heldAbout: about, heldReason: reason, heldDetail: detail },
        heldAt: new Date().toISOString(),
      },
    });
    return this.boards.changed(transaction, number);
  }

  /** Keeps doubts as findings of the board: what the record said, and what was done about it. */
  async found(
    transaction: Transaction,
    doubts: readonly RecordDoubt[],
    { board, runId, policy }: { board: number; runId: string | null; policy: string },
  ): Promise<void> {
    const foundAt = new Date().toISOString();
    for (const { kind, serial, uid, otherBoard, otherSerial, otherUid, otherAt } of doubts) {
      const about = { kind, serial, uid, otherBoard, otherSerial, otherUid, otherAt };
      await transaction.recordFinding.create({ data: { ...about, board, runId, policy, foundAt } });
    }
  }
}
