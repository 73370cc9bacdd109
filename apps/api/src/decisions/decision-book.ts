import type {
  BoardBy,
  CreateDecision,
  CreateLotDecision,
  Decision,
  StationEvent,
} from '@boardwalk/contracts';
import { misfitOf, type BoardState } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardLookup } from '../boards/board-lookup.ts';
import { callerNow } from '../events/caller.ts';
import { EventLog } from '../events/event-log.ts';
import { Database, type Transaction } from '../persistence/database.ts';
import type { Board, Decision as Row } from '../persistence/gen/client.ts';
import { acceptValues } from '../store/lots/accept-values.ts';
import { likeAgain } from '../store/lots/like-again.ts';
import { refused, ProblemException } from '../problems/problems.ts';
import { DecisionEffects } from './decision-effects.ts';
import { doubtOf, heldOfLot, heldUnder, otherHolders, type Doubt } from './held-doubts.ts';

type Made = Omit<Row, 'sequence' | 'decidedBy' | 'role' | 'decidedAt'>;

/** Decisions of people about boards and lots: a row, an event and its effects in one transaction. */
@Injectable()
export class DecisionBook {
  constructor(
    private readonly database: Database,
    private readonly lookup: BoardLookup,
    private readonly effects: DecisionEffects,
    private readonly events: EventLog,
  ) {}

  /** @throws ProblemException 404, 409 `ambiguous`, or 409 `wrong-state` where it does not fit the board */
  async ofBoard(id: string, by: BoardBy, body: CreateDecision): Promise<Decision> {
    return this.#commit(async (transaction, told) => {
      const board = await this.#find(transaction, id, by);
      const state = { ...board, state: board.state as BoardState };
      const misfit = misfitOf(body, state);
      if (misfit) {
        const same = await sameAsLast(transaction, board, body);
        if (same) return toDecision(same, [board.number]);
        throw refused('wrong-state:decision', { why: misfit });
      }
      const doubt = await doubtOf(transaction, board);
      return this.#decide(transaction, board, doubt, body, told);
    });
  }

  /** The board that the path names; or the one that is held because it came under this serial. */
  async #find(transaction: Transaction, id: string, by: BoardBy): Promise<Board> {
    const under = (by.by ?? 'serial') === 'serial' ? await heldUnder(transaction, id) : null;
    if (!under) return this.lookup.row(id, by, transaction);
    const named = await this.lookup.row(id, by, transaction).catch((cause: unknown) => {
      if (cause instanceof ProblemException) return null;
      throw cause;
    });
    return named?.state === 'held' ? named : under;
  }

  async #decide(
    transaction: Transaction,
    board: Board,
    doubt: Doubt | null,
    body: CreateDecision,
    told: StationEvent[],
  ): Promise<Decision> {
    const { number, uid } = board;
    const others = doubt ? await otherHolders(transaction, number, doubt.serial) : [];
    if (body.decision === 'duplicate-uid' && uid === null)
      throw refused('wrong-state:no-uid', { board: number });
    if (body.decision === 'replaced' && others.length === 0)
      throw refused('wrong-state:none-replaced', { serial: doubt?.serial ?? '?' });
    const made = { ...body, lot: null, serial: doubt?.serial ?? null, uid: doubt?.uid ?? uid };
    // The record counts a board no more that was replaced: the row is about the old one.
    const about = body.decision === 'replaced' ? others : [number];
    const rows: Row[] = [];
    for (const of of about) rows.push(await this.#store(transaction, { ...made, board: of }));
    const row = rows.at(-1)!;
    told.push(...(await this.effects.apply(transaction, body, board, doubt, row.sequence)));
    if (body.decision === 'accept' && doubt) await this.#finding(transaction, number);
    if (body.decision === 'replaced')
      for (const old of others) told.push(...(await this.effects.replace(transaction, old)));
    return toDecision(row, [number, ...(body.decision === 'replaced' ? others : [])]);
  }

  /** A doubt that a person accepts stays a finding. */
  async #finding(transaction: Transaction, board: number): Promise<void> {
    const last = await transaction.recordFinding.findFirst({
      where: { board, policy: 'hold' },
      orderBy: { id: 'desc' },
    });
    if (!last) return;
    const { id: _id, ...finding } = last;
    const data = { ...finding, policy: 'accept', runId: null, foundAt: new Date().toISOString() };
    await transaction.recordFinding.create({ data });
  }

  /** Decides about every board of a lot that is held about it; accepted once, the lot's next boards are not held. */
  async ofLot(lot: string, body: CreateLotDecision): Promise<Decision> {
    return this.#commit(async (transaction, told) => {
      const held = await heldOfLot(transaction, lot, body.about);
      const row = await this.#store(transaction, { ...body, lot, board: null, serial: null, uid: null });
      for (const board of held) {
        const doubt = await doubtOf(transaction, board);
        told.push(...(await this.effects.apply(transaction, body, board, doubt, row.sequence)));
        if (body.decision === 'accept' && doubt) await this.#finding(transaction, board.number);
      }
      if (body.about === 'cohort' && body.decision === 'accept') {
        await acceptValues(transaction, lot, row.sequence);
        await likeAgain(transaction, lot);
      }
      return toDecision(
        row,
        held.map(({ number }) => number),
      );
    });
  }

  /** Its sequence is the id of the event that says so, which is the next row of the record. */
  async #store(transaction: Transaction, made: Made): Promise<Row> {
    const { actor: decidedBy, role } = callerNow();
    const sequence = await this.events.nextId(transaction);
    const decidedAt = new Date().toISOString();
    const row = await transaction.decision.create({
      data: { ...made, sequence, decidedBy, role, decidedAt },
    });
    await this.events.change(transaction, 'decision.made', row);
    return row;
  }

  async #commit(
    work: (transaction: Transaction, told: StationEvent[]) => Promise<Decision>,
  ): Promise<Decision> {
    const told: StationEvent[] = [];
    const decision = await this.database.commit((transaction) => {
      told.length = 0;
      return work(transaction, told);
    });
    this.events.publish(...told);
    return decision;
  }
}

/** The last decision about a board where it is this very one: a request that was repeated. */
async function sameAsLast(
  transaction: Transaction,
  { number, uid }: Board,
  body: CreateDecision,
): Promise<Row | null> {
  // That a board was replaced is a row about the old one, which names the new one's chip.
  const where = { OR: [{ board: number }, ...(uid === null ? [] : [{ uid }])] };
  const last = await transaction.decision.findFirst({ where, orderBy: { sequence: 'desc' } });
  const { about, decision, reason } = body;
  return last?.about === about && last.decision === decision && last.reason === reason ? last : null;
}

function toDecision(row: Row, boards: number[]): Decision {
  return { ...(row as Omit<Decision, 'boards'>), boards };
}
