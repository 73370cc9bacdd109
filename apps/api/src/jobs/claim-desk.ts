import {
  type Recipe,
  said,
  type SlotWaiting,
  STARTING_JOB_STATES,
  toldTo,
  type StationEvent,
} from '@boardwalk/contracts';
import { judge, type DoubtPolicy, type FitFacts, type Judgement, type Said } from '@boardwalk/work';
import { Injectable } from '@nestjs/common';
import { BoardBook, type Pair } from '../boards/board-book.ts';
import type { RecordDoubt } from '../boards/doubts.ts';
import { boardOfChip } from '../boards/board-of-chip.ts';
import { BoardHolds } from '../boards/board-holds.ts';
import type { Transaction } from '../persistence/database.ts';
import type { Board } from '../persistence/gen/client.ts';
import { RecipeBook } from '../recipes/recipe-book.ts';
import { claimFacts } from './claim-facts.ts';
import { fitOn } from './image-fit.ts';
import { JobHolds } from './job-holds.ts';
import { lackOf } from './slot-transports.ts';
import { UnitNotes } from './unit-notes.ts';
import { UnitSearch, type Candidate, type WaitingSlot } from './next-unit.ts';
import { SlotOpenings } from '../openings/slot-openings.ts';
import type { SlotFacts } from './claims.ts';
import { unitOn } from './reference-units.ts';
import type { UnitToRun, UnitWithJob } from '../store/queue/unit-to-run.ts';

/** A unit that starts on the board in a slot. */
export interface Start extends UnitToRun {
  readonly recipe: Recipe;
  readonly board: Board | null;
  readonly doubts: readonly RecordDoubt[];
  /** The record's view of the chip and the unit's serial; null for a unit without a serial. */
  readonly pair: Pair | null;
  /** The policy for a doubt about records. */
  readonly policy: DoubtPolicy;
}

/** The result of a look for work. */
export interface Offer {
  readonly start: Start | null;
  /** The reason why nothing starts, for the slot; null: nothing waits for this board. */
  readonly waiting: SlotWaiting | null;
  /** The unit that says so too. */
  readonly unit: number | null;
  /** Jobs whose units this board is not offered again, until it is put in again. */
  readonly served: readonly string[];
}

const NOTHING: Offer = { start: null, waiting: null, unit: null, served: [] };

/** These are about the board, whatever the unit: no other needs to be asked. */
const ENOUGH: ReadonlySet<string> = new Set(['board-held', 'board-rejected', 'board-busy']);
/** These are about one unit; another of its job may start. */
const OF_ONE_UNIT: ReadonlySet<string> = new Set(['serial-busy', 'no-place', 'reference-board']);
/** How many units of one job are asked about one board. */
const MOST_UNITS = 50;

/** Finds out which unit starts on a board, and writes down what becomes of those that do not. */
@Injectable()
export class ClaimDesk {
  constructor(
    private readonly boards: BoardBook,
    private readonly recipes: RecipeBook,
    private readonly holds: BoardHolds,
    private readonly jobHolds: JobHolds,
    private readonly notes: UnitNotes,
    readonly openings: SlotOpenings,
  ) {}

  /** Looks for a unit within the transaction that claims it. Events are added to `told`. */
  async offer(transaction: Transaction, slot: SlotFacts, now: string, told: StationEvent[]): Promise<Offer> {
    return new Look(transaction, slot, now, told, this).offer();
  }

  /** The board in a slot, as a look at its chip tells it. */
  async boardIn(transaction: Transaction, { uid, name, insertion }: WaitingSlot): Promise<Board | null> {
    const known = uid === null ? null : await this.boards.find(transaction, { uid, serial: null });
    const held = this.holds.sockets.boardIn(name, insertion);
    return known ?? (held === null ? null : this.boards.nameless(transaction, held));
  }

  async search(
    transaction: Transaction,
    slot: WaitingSlot,
    board: Board | null,
    now: string,
  ): Promise<UnitSearch> {
    if (!board) return new UnitSearch(transaction, slot, null, now);
    const rows = await transaction.boardSerial.findMany({
      where: { board: board.number, current: true },
      select: { serial: true },
    });
    const serials = rows.map(({ serial }) => serial);
    return new UnitSearch(transaction, slot, { number: board.number, serials }, now);
  }

  /** The recipe of a unit; null: it may not run any more, and its job is held. */
  async recipeOf(
    transaction: Transaction,
    { job }: UnitWithJob,
    told: StationEvent[],
  ): Promise<Recipe | null> {
    const recipe = await this.recipes.get(job.recipeName, job.recipeRevision, transaction);
    // A revision may have been retired, or the station's rule changed, since the job came in.
    const bar = this.recipes.barOf(recipe);
    if (!bar) return recipe;
    const why = said(bar, { recipe: recipe.name, revision: recipe.revision });
    told.push(await this.jobHolds.hold(transaction, job, toldTo(why, 'engineer')));
    return null;
  }

  /** The board of a unit: by its chip, else by its serial; and what the record says against the two together. */
  async pairOf(transaction: Transaction, { uid }: WaitingSlot, { serial }: UnitWithJob, board: Board | null) {
    if (serial === null) return { board, doubts: [], pair: null };
    const pair = await this.boards.pair(transaction, { uid, serial });
    return { board: board ?? pair.board, doubts: pair.doubts, pair };
  }

  /** Holds the board in a slot about the record, and lets the unit wait for it. */
  async hold(
    transaction: Transaction,
    { unit, doubts }: Start,
    said: Said,
    told: StationEvent[],
  ): Promise<void> {
    const board = await boardOfChip(transaction, doubts[0]!.uid);
    await this.holds.found(transaction, doubts, { board, runId: null, policy: 'hold' });
    const why = { about: 'record', reason: said.reason, detail: said.sentence } as const;
    told.push(await this.holds.hold(transaction, board, why));
    told.push(...(await this.notes.waits(transaction, unit, said, board)));
  }

  /** Ends a unit that may not start. */
  async end(
    transaction: Transaction,
    { unit, doubts }: Start,
    state: 'done' | 'refused',
    said: Said,
    told: StationEvent[],
  ): Promise<void> {
    if (doubts.length > 0 && state === 'refused') {
      const board = await boardOfChip(transaction, doubts[0]!.uid);
      await this.holds.found(transaction, doubts, { board, runId: null, policy: 'refuse' });
    }
    told.push(await this.notes.ends(transaction, unit, state, said.sentence));
  }

  async wait(
    transaction: Transaction,
    { unit, board }: Start,
    said: Said,
    told: StationEvent[],
  ): Promise<void> {
    const held = said.reason === 'board-held' ? (board?.number ?? null) : null;
    told.push(...(await this.notes.waits(transaction, unit, said, held)));
  }
}

/** One look for work for one slot. */
class Look {
  readonly #served: string[] = [];
  readonly #asked = new Map<string, number>();
  #board: Board | null = null;
  #search!: UnitSearch;
  /** The first unit that does not start, and why. */
  #first: { readonly start: Start; readonly said: Said } | null = null;
  /** The first unit that the record contradicts: only where none other starts, it decides. */
  #doubtful: { readonly start: Start; readonly said: Said; readonly kind: 'hold' | 'refuse' } | null = null;

  constructor(
    private readonly transaction: Transaction,
    private readonly slot: SlotFacts,
    private readonly now: string,
    private readonly told: StationEvent[],
    private readonly desk: ClaimDesk,
  ) {}

  async offer(): Promise<Offer> {
    const { transaction, slot, now } = this;
    const open = { state: { in: [...STARTING_JOB_STATES] } };
    if (!(await transaction.job.findFirst({ where: open, select: { id: true } }))) return NOTHING;
    this.#board = await this.desk.boardIn(transaction, slot);
    this.#search = await this.desk.search(transaction, slot, this.#board, now);
    for (;;) {
      const candidate = await this.#search.next();
      if (!candidate) break;
      const start = await this.#try(candidate);
      if (start === 'enough') break;
      if (start) return { start, waiting: null, unit: null, served: this.#served };
    }
    if (this.#doubtful) await this.#decide(this.#doubtful.start, this.#doubtful.said, this.#doubtful.kind);
    if (!this.#first) return { ...NOTHING, served: this.#served };
    const { start, said } = this.#first;
    const waiting = { reason: said.reason, detail: said.sentence };
    return { start: null, waiting, unit: start.unit.id, served: this.#served };
  }

  async #try({ unit: found, image, chips, fits }: Candidate): Promise<Start | 'enough' | null> {
    const { transaction, slot, told, desk, now } = this;
    const recipe = await desk.recipeOf(transaction, found, told);
    if (!recipe) return null;
    const on = await unitOn(transaction, this.#board, found, recipe);
    const { unit } = on;
    const { board, doubts, pair } = await desk.pairOf(transaction, slot, unit, this.#board);
    const fit: FitFacts = await fitOn(transaction, recipe, slot);
    const slotLacks = lackOf(recipe, slot.transport);
    const notOpen = board?.reference ? null : await desk.openings.barOf(transaction, slot, recipe, now);
    const asked = { slot: slot.name, slotLacks, notOpen, unit, recipe, board, doubts, fit, runId: null, now };
    const facts = await claimFacts(transaction, asked);
    const judgement: Judgement = 'said' in on ? { kind: 'wait', ...on.said } : judge(facts);
    const start = { unit, image, chips, recipe, board, doubts, pair, policy: facts.policy };
    switch (judgement.kind) {
      case 'go':
        return start;
      case 'done':
        await desk.end(transaction, start, 'done', judgement, told);
        return null;
      case 'wait':
        return this.#leave(start, judgement);
      default:
        if (!fits && unit.slot === null) {
          this.#doubtful ??= { start, said: judgement, kind: judgement.kind };
          this.#search.leaveJob(unit.jobId);
          return null;
        }
        await this.#decide(start, judgement, judgement.kind);
        return judgement.kind === 'hold' ? 'enough' : null;
    }
  }

  /** The unit waits; `enough`: so would every other. */
  async #leave(start: Start, said: Said): Promise<'enough' | null> {
    const { id, jobId } = start.unit;
    if (!this.#first) {
      this.#first = { start, said };
      await this.desk.wait(this.transaction, start, said, this.told);
    }
    if (ENOUGH.has(said.reason)) return 'enough';
    const asked = (this.#asked.get(jobId) ?? 0) + 1;
    this.#asked.set(jobId, asked);
    if (OF_ONE_UNIT.has(said.reason) && asked < MOST_UNITS) this.#search.leaveUnit(id);
    else this.#search.leaveJob(jobId);
    return null;
  }

  async #decide(start: Start, said: Said, kind: 'hold' | 'refuse'): Promise<void> {
    const { transaction, told, desk } = this;
    if (kind === 'hold') await desk.hold(transaction, start, said, told);
    else {
      await desk.end(transaction, start, 'refused', said, told);
      // One board refuses one unit of a job, not all of them one after the other.
      this.#served.push(start.unit.jobId);
      this.#search.leaveJob(start.unit.jobId);
    }
    this.#first ??= { start, said };
  }
}
