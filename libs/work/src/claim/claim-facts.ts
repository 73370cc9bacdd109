import type { OrderPlace } from '../orders/order-place.ts';
import type { DoubtPolicy } from './doubt-policy.ts';

/** What a unit of a job asks for. */
export interface UnitFacts {
  readonly serial: string | null;
  /** Why a board that has passed is to be run again; null: it is not. */
  readonly again: string | null;
}

/** What the record knows of a board. */
export interface BoardFacts {
  readonly number: number;
  /** The unique id it is known by; null where none was read or it tells nothing. */
  readonly uid: string | null;
  /** The serial it has now. */
  readonly serial: string | null;
  readonly state: 'free' | 'held' | 'rejected';
  /** Why it is held or rejected, as a sentence. */
  readonly stateReason: string | null;
  readonly reference: 'golden' | 'bad' | null;
  /** When it was seen last, RFC 3339. */
  readonly lastSeenAt: string | null;
  /** When it passed in this order; without an order, this recipe revision. Null: its latest attempt there is no PASS. */
  readonly passedAt: string | null;
  /** It is one of the boards of the order, whatever became of it there. */
  readonly inOrder: boolean;
  /** The slot in which it runs now. */
  readonly runsIn: string | null;
}

/** Where a serial waits or runs already. */
export interface SerialPlace {
  readonly state: 'waiting' | 'running';
  readonly slot: string | null;
  readonly jobId: string;
}

/** Everything that decides whether a unit may start on the board in a slot. */
export interface ClaimFacts {
  readonly slot: string;
  readonly unit: UnitFacts;
  /** The unique id that a look has read, where it tells one chip from another. */
  readonly uid: string | null;
  /** The flash that the chip states, KiB; null: not read. */
  readonly statedKib: number | null;
  /** The board of that unique id. */
  readonly board: BoardFacts | null;
  /** The board that has the unit's serial now. */
  readonly holder: BoardFacts | null;
  /** Where else the unit's serial runs. */
  readonly elsewhere: SerialPlace | null;
  /** The place that the unit's order has for it; null: the job is of no order. */
  readonly place: OrderPlace | null;
  /** The order, or the recipe revision, for sentences. */
  readonly work: string;
  readonly policy: DoubtPolicy;
  /** A person has accepted that this chip runs under this serial. */
  readonly accepted: boolean;
  /** The flash that the image needs, KiB. */
  readonly neededKib: number;
  readonly allowBeyondStated: boolean;
}
