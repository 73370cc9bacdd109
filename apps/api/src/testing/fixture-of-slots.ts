import type { CreateDecision, CreateLotDecision, Outcome } from '@boardwalk/contracts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { BoardMarks } from '../boards/board-marks.ts';
import type { Claim } from '../jobs/claims.ts';
import { ProblemException } from '../problems/problems.ts';
import type { LedgerBench } from './ledger-bench.ts';

/** A socket: the chip in it, how often one was put in, and the run at work there. */
interface Socket {
  uid: string | null;
  insertion: number;
  claim: Claim | null;
  served: Set<string>;
}

/** Eight slots with chips that a hand puts in and takes out, over the ledger alone: no bench is simulated. */
export class FixtureOfSlots {
  readonly #sockets = new Map<string, Socket>();

  constructor(
    private readonly ledger: LedgerBench,
    readonly names: readonly string[],
  ) {
    for (const name of names)
      this.#sockets.set(name, { uid: null, insertion: 0, claim: null, served: new Set() });
  }

  #of(slot: string): Socket {
    return this.#sockets.get(slot)!;
  }

  /** A chip is in one socket at a time. */
  insert(slot: string, uid: string): void {
    const socket = this.#of(slot);
    if (socket.uid !== null || [...this.#sockets.values()].some((other) => other.uid === uid)) return;
    Object.assign(socket, { uid, insertion: socket.insertion + 1, served: new Set() });
  }

  /** The board leaves; a run at work on it ends as the station's trouble. */
  async remove(slot: string): Promise<void> {
    await this.end(slot, 'ERROR');
    this.#of(slot).uid = null;
  }

  /** A job of the MES; what it is refused for is no failure. */
  async post(body: Parameters<LedgerBench['post']>[0]): Promise<void> {
    await this.#allowed(() => this.ledger.post(body));
  }

  /** What a serial scan leaves: a unit bound to a free slot, which is kept for it. */
  async scan(slot: string, workOrder: string, serial: string, again: string | undefined): Promise<void> {
    const socket = this.#of(slot);
    if (socket.claim) return;
    await this.#allowed(async () => {
      const { id } = await this.ledger.post({ workOrder, units: [{ serial, slot, again }] });
      const unit = await this.ledger.database.jobUnit.findFirstOrThrow({ where: { jobId: id } });
      const until = new Date(Date.now() + 60_000).toISOString();
      const insertion = socket.uid === null ? null : socket.insertion;
      const row = { unitId: unit.id, serial, account: 'op', insertion, until };
      await this.ledger.database.reservation.upsert({
        where: { slot },
        create: { slot, ...row },
        update: row,
      });
    });
  }

  /** The dispatcher's look; `blind`: the chip shows no unique id until its run reads it. */
  async work(slot: string, blind: boolean): Promise<void> {
    const socket = this.#of(slot);
    if (socket.uid === null || socket.claim) return;
    const { uid, insertion, served } = socket;
    const offered = await this.ledger.offer(slot, { uid: blind ? null : uid, insertion, served });
    for (const job of offered.served) served.add(job);
    if (!offered.claim) return;
    const answer = await this.ledger.identified(offered.claim, uid);
    if (answer && 'hold' in answer) await this.ledger.end(offered.claim, 'ABORTED', answer.hold.reason);
    else socket.claim = offered.claim;
  }

  async end(slot: string, outcome: Outcome): Promise<void> {
    const socket = this.#of(slot);
    const { claim } = socket;
    socket.claim = null;
    if (claim) await this.ledger.end(claim, outcome);
  }

  /** The process dies and another names what it left running. */
  async crash(): Promise<void> {
    for (const socket of this.#sockets.values()) socket.claim = null;
    await this.ledger.ledger.recover();
  }

  async decide(uid: string, decision: CreateDecision['decision']): Promise<void> {
    await this.#allowed(() =>
      this.ledger.decisions.ofBoard(uid, {}, { about: 'record', decision, reason: 'drawn at random' }),
    );
  }

  /** Decides about every board of a lot that is held about the record. */
  async decideLot(lot: string, decision: CreateLotDecision['decision']): Promise<void> {
    await this.#allowed(() =>
      this.ledger.decisions.ofLot(lot, { about: 'record', decision, reason: 'drawn at random' }),
    );
  }

  /** A person says that a board is a reference, or that it was repaired. */
  async mark(uid: string, mark: 'golden' | 'bad' | 'repair'): Promise<void> {
    const { database, boards, events } = this.ledger;
    const marks = new BoardMarks(database, new BoardLookup(database), boards, events);
    await this.#allowed(() =>
      mark === 'repair'
        ? marks.repair(uid, {}, { reason: 'drawn at random' })
        : marks.reference(uid, {}, { kind: mark, note: 'drawn at random' }),
    );
  }

  async #allowed(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      if (!(cause instanceof ProblemException)) throw cause;
    }
  }
}
