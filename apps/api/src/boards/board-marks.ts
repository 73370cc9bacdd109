import type { Board, BoardBy, MarkReference, RepairBoard, StationEvent } from '@boardwalk/contracts';
import { isPlausibleUid } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import { refused } from '../problems/problems.ts';
import { boardOfChip } from './board-of-chip.ts';
import { BoardBook } from './board-book.ts';
import { BoardLookup } from './board-lookup.ts';
import { boardIn } from './board-view.ts';
import { REPAIR } from './recount.ts';

/** Facts about a board that a person states: it is a reference, it was repaired. */
@Injectable()
export class BoardMarks {
  constructor(
    private readonly database: Database,
    private readonly lookup: BoardLookup,
    private readonly boards: BoardBook,
    private readonly events: EventLog,
  ) {}

  /**
   * Marks a reference board, or takes the mark away. All its runs leave the counts, or come back.
   * @throws ProblemException 409: a board at work keeps its mark, because it may run under a unit that is lent to it
   */
  reference(id: string, by: BoardBy, mark: MarkReference): Promise<Board> {
    return this.#change(id, by, marking(mark));
  }

  /** The same for the chip in a slot, also one that no run was of yet: it must not run as a board of an order first. */
  referenceInSlot(slot: string, uid: string | null, mark: MarkReference): Promise<Board> {
    if (!isPlausibleUid(uid)) throw refused('slot-has-no-board:no-uid', { slot });
    return this.#change(uid, { by: 'uid' }, marking(mark), (transaction) => boardOfChip(transaction, uid));
  }

  /** Records that a board was repaired: its attempts start at 1 again. */
  repair(id: string, by: BoardBy, { reason }: RepairBoard): Promise<Board> {
    return this.#change(id, by, async (transaction, number) => {
      await refuseAtWork(transaction, number);
      const { actor: decidedBy, role } = callerNow();
      const sequence = await this.events.nextId(transaction);
      const decidedAt = new Date().toISOString();
      await transaction.decision.create({
        data: { ...REPAIR, sequence, board: number, reason, decidedBy, role, decidedAt },
      });
    });
  }

  async #change(
    id: string,
    by: BoardBy,
    work: (transaction: Transaction, number: number) => Promise<void>,
    first: (transaction: Transaction) => Promise<unknown> = async () => undefined,
  ): Promise<Board> {
    const told: StationEvent[] = [];
    const board = await this.database.commit(async (transaction) => {
      told.length = 0;
      await first(transaction);
      const { number } = await this.lookup.row(id, by, transaction);
      await work(transaction, number);
      await this.boards.recount(transaction, number);
      told.push(await this.boards.changed(transaction, number));
      return boardIn(transaction, number);
    });
    this.events.publish(...told);
    return board;
  }
}

function marking({ kind, note }: MarkReference) {
  const data = { reference: kind, referenceNote: kind === null ? null : note };
  return async (transaction: Transaction, number: number): Promise<void> => {
    if (kind === null) await refuseAtWork(transaction, number);
    await transaction.board.update({ where: { number }, data });
  };
}

/** @throws ProblemException 409: whether the run at work is before or after the change would not be known */
async function refuseAtWork(transaction: Transaction, board: number): Promise<void> {
  const run = await transaction.run.findFirst({
    where: { board, outcome: null },
    select: { id: true, slot: true },
  });
  if (!run) return;
  throw refused('wrong-state:at-work', { board, slot: run.slot, run: run.id });
}
