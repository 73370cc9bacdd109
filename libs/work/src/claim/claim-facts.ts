import type { BoardState, ReferenceKind } from '@boardwalk/contracts';
import type { OrderPlace } from '../orders/order-place.ts';
import type { DoubtPolicy } from './doubt-policy.ts';
import type { RecordDoubt } from './record-doubt.ts';

/** What a unit of a job asks for. */
export interface UnitFacts {
  readonly serial: string | null;
  /** Why a board that has passed is to be run again; null: it is not. */
  readonly again: string | null;
}

/** What the record knows of the board in a slot. */
export interface BoardFacts {
  readonly number: number;
  readonly state: BoardState;
  /** Why it is held or rejected, as a sentence. */
  readonly stateReason: string | null;
  readonly reference: ReferenceKind | null;
  /** The slot in which it runs now. */
  readonly runsIn: string | null;
}

/** What became of a board in an order; without an order, in a recipe revision. */
export interface WorkFacts {
  /** When it passed there; null: its latest attempt there is no PASS. */
  readonly passedAt: string | null;
  /** It is one of the boards of the order, whatever became of it there. */
  readonly inOrder: boolean;
}

/** Where a serial waits or runs already. */
export interface SerialPlace {
  readonly state: 'waiting' | 'running';
  readonly slot: string | null;
  readonly jobId: string;
}

/** Whether the image has a place on the chip. */
export interface FitFacts {
  readonly fits: boolean;
  readonly needsKib: number;
  /** Null: the chip's size was not read. */
  readonly statesKib: number | null;
  /** Why the image was built for another chip, although it has a place on this one. */
  readonly misfit?: string | null;
}

/** Everything that decides whether a unit may start on the board in a slot. */
export interface ClaimFacts {
  readonly slot: string;
  /** What the recipe asks for and this slot cannot, as a sentence. */
  readonly slotLacks: string | null;
  /** Golden and known-bad boards have not opened the slot for this shift: why, and what to do next, in sentences. */
  readonly notOpen: string | null;
  readonly unit: UnitFacts;
  readonly fit: FitFacts;
  /** The board in the slot: by its unique id where that tells, else by the unit's serial. Null: never seen. */
  readonly board: BoardFacts | null;
  /** What became of that board here before. */
  readonly boardWork: WorkFacts;
  /** What became here of the board that has the unit's serial. */
  readonly serialWork: WorkFacts;
  /** What the record says against this serial on this chip. */
  readonly doubts: readonly RecordDoubt[];
  /** Where else the unit's serial runs. */
  readonly elsewhere: SerialPlace | null;
  /** The unit is of a work order. */
  readonly ordered: boolean;
  /** The place that the order has for it; null: it is of no order, or has its place already. */
  readonly place: OrderPlace | null;
  /** The order, or the recipe revision, for sentences. */
  readonly work: string;
  readonly policy: DoubtPolicy;
}
