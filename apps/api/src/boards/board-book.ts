import type { BoardChange, StationEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { boardIn } from './board-view.ts';
import { recordDoubts, type RecordDoubt } from './doubts.ts';
import { boardOfKnown, lookUp, type Found, type Known, type Sought } from './finder.ts';
import { closeBoard, mergeBoards } from './merge.ts';
import { OldRuns } from './old-runs.ts';
import { recount } from './recount.ts';
import { endSerial, giveSerial, keepSerial } from './serials-of.ts';
import { TallyStore, type Placed } from './tally-store.ts';
import { begun, countIdentity, type TalliedRun } from './tally.ts';
import { PLACED, tallied } from './tallied-runs.ts';

/** A run's board, as its claim knows it. The run's row is in the table already. */
export interface StartedRun extends Sought {
  readonly runId: string;
  readonly sequence: number;
}

/** A chip and a serial together: whose board it is, and what the record says against the two. */
export interface Pair extends Found {
  /** The unique id where it tells; see {@link Known}. */
  readonly uid: string | null;
  readonly doubts: readonly RecordDoubt[];
}

/** Facts about the board of a run that begins. */
export interface Seen {
  /** Read in this transaction, with no board changed since; null: it is read then. */
  readonly pair: Pair | null;
  /** The board that was in the socket before, where nothing else tells it. */
  readonly inSocket: number | null;
}

/** A run's place on the board that it began on. */
export interface Started extends Identified {
  readonly life: number | null;
  readonly reference: string | null;
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
    return (await boardOfKnown(transaction, await this.#known(transaction, sought))).board;
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
    return [...(await this.pair(transaction, sought)).doubts];
  }

  /** {@link find} and {@link doubts} at once. */
  async pair(transaction: Transaction, sought: Sought): Promise<Pair> {
    return this.#pairOf(transaction, sought, await this.#known(transaction, sought));
  }

  async #pairOf(transaction: Transaction, { serial }: Sought, known: Known): Promise<Pair> {
    const found = await boardOfKnown(transaction, known);
    const doubts = await recordDoubts(transaction, serial, known, found.board);
    return { ...found, uid: known.uid, doubts };
  }

  async #known(transaction: Transaction, sought: Sought): Promise<Known> {
    await this.old.catchUp(transaction, sought);
    return lookUp(transaction, sought);
  }

  /**
   * Puts a run that begins on its board, and gives the serial to the board. Write the run.started event next, then
   * {@link merged}: the run's sequence is the id of that event.
   */
  async started(transaction: Transaction, run: StartedRun, { pair, inSocket }: Seen): Promise<Started> {
    const { runId, serial, sequence } = run;
    const { uid, board: found, joins } = pair ?? (await this.pair(transaction, run));
    if (uid === null && serial === null) return this.#startedNameless(transaction, runId, inSocket);
    const board = await this.#settle(transaction, found, joins, uid);
    await this.#begin(transaction, runId, board, serial === null ? {} : { serial });
    const { number, life, reference } = board;
    if (serial !== null) await keepSerial(transaction, number, serial, sequence);
    return { board: number, doubts: [], mergedFrom: joins?.number ?? null, life, reference };
  }

  async #startedNameless(transaction: Transaction, runId: string, inSocket: number | null): Promise<Started> {
    const here = inSocket === null ? null : await this.nameless(transaction, inSocket);
    if (!here) return { ...NOWHERE, life: null, reference: null };
    await this.#begin(transaction, runId, here);
    return { ...NOWHERE, board: here.number, life: here.life, reference: here.reference };
  }

  /** After a run's identity was stored: its unique id may show another board, or join the board of its serial. */
  async identified(transaction: Transaction, runId: string): Promise<Identified> {
    const run = await transaction.run.findUniqueOrThrow({ where: { id: runId }, select: PLACED });
    const { serial, sequence } = run;
    const known = await this.#known(transaction, run);
    const { uid } = known;
    const here = run.board === null ? null : await boardOf(transaction, run.board);
    if (uid === null || here?.uid === uid) {
      if (here) await this.#see(transaction, here.number, tallied(run));
      return { ...NOWHERE, board: here?.number ?? null };
    }
    const { board: found, joins, doubts } = await this.#pairOf(transaction, run, known);
    const board = await this.#settle(transaction, found, joins, uid);
    const { number } = board;
    const now = (await transaction.run.findUniqueOrThrow({ where: { id: runId } })).board;
    if (now === number) await this.#see(transaction, number, tallied(run));
    else await this.#move(transaction, runId, now, board);
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
    const board = await transaction.board.create({ data: {} });
    await this.#begin(transaction, runId, board);
    return { ...(await read()), board: board.number };
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

  /** The board: made where it is new, joined where two are one, with its unique id. */
  async #settle(
    transaction: Transaction,
    board: Board | null,
    joins: Board | null,
    uid: string | null,
  ): Promise<Board> {
    if (!board) return transaction.board.create({ data: { uid } });
    if (joins) await mergeBoards(transaction, joins, board);
    if (uid !== null && board.uid === null)
      return transaction.board.update({ where: { number: board.number }, data: { uid } });
    return joins ? boardOf(transaction, board.number) : board;
  }

  /** Counts a run that begins on its board; `also` is set on the board with it. */
  async #begin(
    transaction: Transaction,
    runId: string,
    board: Board,
    also: { readonly serial?: string } = {},
  ): Promise<void> {
    const { number, life, reference, lastSequence } = board;
    const data = { board: number, life, reference };
    const run = tallied(await transaction.run.update({ where: { id: runId }, data, select: PLACED }));
    const isLast = lastSequence === null || lastSequence <= run.sequence;
    await transaction.board.update({
      where: { number },
      data: { ...(isLast ? begun(board, run) : {}), ...also },
    });
    if (!isLast) await recount(transaction, number);
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
  async #move(transaction: Transaction, runId: string, from: number | null, to: Board): Promise<void> {
    await this.#begin(transaction, runId, to);
    if (from === null) return;
    const left = await transaction.run.findFirst({ where: { board: from }, select: { id: true } });
    const { uid } = await boardOf(transaction, from);
    if (left === null && uid === null) await closeBoard(transaction, from, to.number);
    else await recount(transaction, from);
  }
}

const NOWHERE: Identified = { board: null, mergedFrom: null, doubts: [] };

async function boardOf(transaction: Transaction, number: number): Promise<Board> {
  return transaction.board.findUniqueOrThrow({ where: { number } });
}
