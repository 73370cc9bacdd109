import type { BoardChange, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { boardIn } from './board-view.ts';
import { recordDoubts, type RecordDoubt } from './doubts.ts';
import { findBoard, tellingUid, type Sought } from './finder.ts';
import { closeBoard, mergeBoards } from './merge.ts';
import { OldRuns } from './old-runs.ts';
import { recount } from './recount.ts';
import { endSerial, giveSerial } from './serials-of.ts';
import { TallyStore, type Placed } from './tally-store.ts';
import { countIdentity, type TalliedRun } from './tally.ts';
import { PLACED, tallied } from './tallied-runs.ts';

/** A run's board, as its claim knows it. The run's row is in the table already. */
export interface StartedRun extends Sought {
  readonly runId: string;
  readonly sequence: number;
}

/** Which board a run turned out to be of. */
export interface Identified {
  /** Null where neither a unique id nor a serial tells. */
  readonly board: number | null;
  /** The board without a unique id that this one absorbed, because it is the same chip. */
  readonly mergedFrom: number | null;
  /** What the record says against this pair of serial and chip. Then the serial has not been given to the board. */
  readonly doubts: readonly RecordDoubt[];
}

/**
 * Boards, kept in the transactions of their runs: which board a run is of, its attempts, its serials. Everything that
 * is kept can be counted again from the runs ({@link recount}).
 */
@Injectable()
export class BoardBook {
  constructor(
    private readonly events: EventLog,
    private readonly old: OldRuns,
  ) {}

  /** The board in a socket: by its unique id where that tells, else by its serial. Null for one never seen. */
  async find(transaction: Transaction, sought: Sought): Promise<Board | null> {
    await this.old.catchUp(transaction, sought);
    return (await findBoard(transaction, sought)).board;
  }

  /** A board that has neither a unique id nor a serial; null: it got one since. */
  async nameless(transaction: Transaction, number: number): Promise<Board | null> {
    const board = await transaction.board.findUnique({ where: { number } });
    return board?.mergedInto === null && board.uid === null && board.serial === null ? board : null;
  }

  /** Brings old runs of exactly this chip and this serial up to date, before the record is asked about them. */
  catchUp(transaction: Transaction, sought: Sought): Promise<void> {
    return this.old.catchUp(transaction, sought);
  }

  /** What the record says against giving this serial to this chip; see {@link recordDoubts}. */
  async doubts(transaction: Transaction, sought: Sought): Promise<RecordDoubt[]> {
    await this.old.catchUp(transaction, sought);
    return recordDoubts(transaction, sought);
  }

  /**
   * Puts a run that begins on its board, and gives the serial to the board. Write the run.started event next, then
   * {@link merged}: the run's sequence is the id of that event. `inSocket`: the board that was there before and nothing
   * else tells.
   */
  async started(
    transaction: Transaction,
    run: StartedRun,
    inSocket: number | null = null,
  ): Promise<Identified> {
    const { runId, serial, sequence } = run;
    await this.old.catchUp(transaction, run);
    const uid = await tellingUid(transaction, run.uid);
    if (uid === null && serial === null) {
      const here = inSocket === null ? null : await this.nameless(transaction, inSocket);
      if (here) await this.#begin(transaction, runId, here.number);
      return { ...NOWHERE, board: here?.number ?? null };
    }
    const { board, joins } = await findBoard(transaction, run);
    const number = await this.#settle(transaction, board, joins, uid);
    await this.#begin(transaction, runId, number);
    if (serial !== null) await giveSerial(transaction, number, serial, sequence);
    return { board: number, doubts: [], mergedFrom: joins?.number ?? null };
  }

  /** After a run's identity was stored: its unique id may show another board, or join the board of its serial. */
  async identified(transaction: Transaction, runId: string): Promise<Identified> {
    const run = await transaction.run.findUniqueOrThrow({ where: { id: runId }, select: PLACED });
    const { serial, sequence } = run;
    const uid = await tellingUid(transaction, run.uid);
    const here = run.board === null ? null : await boardOf(transaction, run.board);
    if (uid === null || here?.uid === uid) {
      if (here) await this.#see(transaction, here.number, tallied(run));
      return { ...NOWHERE, board: here?.number ?? null };
    }
    const sought = { uid, serial };
    await this.old.catchUp(transaction, sought);
    const doubts = await recordDoubts(transaction, sought);
    const { board, joins } = await findBoard(transaction, sought);
    const number = await this.#settle(transaction, board, joins, uid);
    const now = (await transaction.run.findUniqueOrThrow({ where: { id: runId } })).board;
    if (now === number) await this.#see(transaction, number, tallied(run));
    else await this.#move(transaction, runId, now, number);
    if (serial !== null && doubts.length === 0) await giveSerial(transaction, number, serial, sequence!);
    return { board: number, doubts, mergedFrom: joins?.number ?? null };
  }

  /** After a run's end was stored: its attempt's number, and what its board and its order count. */
  async ended(transaction: Transaction, runId: string): Promise<void> {
    const run = await this.#placed(transaction, runId);
    if (run === null) return;
    const { board, ...row } = run;
    const { lastSequence, reference } = await boardOf(transaction, board);
    // Runs of a board count in the order in which they began.
    if (lastSequence !== row.sequence || reference !== row.reference) return recount(transaction, board);
    const placed: Placed = { board, run: tallied(row) };
    const store = await TallyStore.load(transaction, [placed]);
    store.end(placed);
    await store.save();
  }

  /** A run that ends, on its board. Null: it is one of an earlier version, and was counted now. */
  async #placed(transaction: Transaction, runId: string) {
    const read = () => transaction.run.findUniqueOrThrow({ where: { id: runId }, select: PLACED });
    const run = await read();
    if (run.board !== null) return { ...run, board: run.board };
    if (await this.old.placed(transaction, tallied(run))) return null;
    const board = (await transaction.board.create({ data: {} })).number;
    await this.#begin(transaction, runId, board);
    return { ...(await read()), board };
  }

  /** Makes a serial the board's current one; on other boards it stays. */
  giveSerial(transaction: Transaction, board: number, serial: string, sequence: number): Promise<void> {
    return giveSerial(transaction, board, serial, sequence);
  }

  /** Ends a serial on a board, which keeps it in its history. */
  endSerial(transaction: Transaction, board: number, serial: string): Promise<void> {
    return endSerial(transaction, board, serial);
  }

  /** Counts a board again from its runs and decisions. Call after a decision about it was stored. */
  recount(transaction: Transaction, board: number): Promise<void> {
    return recount(transaction, board);
  }

  /** The event of a merge that {@link started} or {@link identified} made; none without one. */
  async merged(transaction: Transaction, { board, mergedFrom }: Identified): Promise<StationEvent[]> {
    return board === null || mergedFrom === null ? [] : [await this.changed(transaction, board, mergedFrom)];
  }

  /** `board.changed` with the board as it is now. */
  async changed(
    transaction: Transaction,
    number: number,
    mergedFrom: number | null = null,
  ): Promise<StationEvent> {
    const data: BoardChange = { ...(await boardIn(transaction, number)), mergedFrom };
    return this.events.append(transaction, 'board.changed', data);
  }

  /** The board's number: made where it is new, joined where two are one, with its unique id. */
  async #settle(
    transaction: Transaction,
    board: Board | null,
    joins: Board | null,
    uid: string | null,
  ): Promise<number> {
    if (!board) return (await transaction.board.create({ data: { uid } })).number;
    if (joins) await mergeBoards(transaction, joins, board);
    if (uid !== null && board.uid === null)
      await transaction.board.update({ where: { number: board.number }, data: { uid } });
    return board.number;
  }

  /** Counts a run that begins on its board. */
  async #begin(transaction: Transaction, runId: string, number: number): Promise<void> {
    const { life, reference, lastSequence } = await boardOf(transaction, number);
    const data = { board: number, life, reference };
    const run = tallied(await transaction.run.update({ where: { id: runId }, data, select: PLACED }));
    if (lastSequence !== null && lastSequence > run.sequence) return recount(transaction, number);
    const store = await TallyStore.load(transaction, [{ board: number, run }]);
    store.begin({ board: number, run });
    return store.save();
  }

  /** Keeps the identity that was read now; that of a later run stays. */
  async #see(transaction: Transaction, number: number, run: TalliedRun): Promise<void> {
    const { lastSequence } = await boardOf(transaction, number);
    if (lastSequence !== run.sequence) return recount(transaction, number);
    const store = await TallyStore.load(transaction, [{ board: number, run }]);
    countIdentity(store.boards.get(number)!, run);
    return store.save();
  }

  /** A run turned out to be of another board than the one it began on. A board that no run is of is closed. */
  async #move(transaction: Transaction, runId: string, from: number | null, to: number): Promise<void> {
    await this.#begin(transaction, runId, to);
    if (from === null) return;
    const left = await transaction.run.findFirst({ where: { board: from }, select: { id: true } });
    const { uid } = await boardOf(transaction, from);
    if (left === null && uid === null) await closeBoard(transaction, from, to);
    else await recount(transaction, from);
  }
}

const NOWHERE: Identified = { board: null, mergedFrom: null, doubts: [] };

async function boardOf(transaction: Transaction, number: number): Promise<Board> {
  return transaction.board.findUniqueOrThrow({ where: { number } });
}
