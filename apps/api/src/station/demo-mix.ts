import { FLASH_BASE } from '@boardwalk/series';
import type { FaultSpec } from '@boardwalk/virtual-bench';

/** A board that the hand of the demo puts in. */
export interface DemoBoard {
  /** A board spec; null: the one that the slot was opened with. */
  readonly spec: string | null;
  /** Laid on when a run of the demo's own job begins on the board, so that no other job meets it. */
  readonly fault?: FaultSpec;
  /** Its FAIL is the fault's: the same chip goes in again, without the fault, and is tested again. */
  readonly again?: true;
}

const ORDINARY: DemoBoard = { spec: null };

/** The boards of the demo in turn, over all slots: some of each kind are in every round. */
export const DEMO_MIX: readonly DemoBoard[] = [
  ORDINARY,
  { spec: 'cks32' },
  ORDINARY,
  { spec: 'f103cb+wrp' },
  ORDINARY,
  { spec: null, fault: { kind: 'flash-wrong-bit', address: FLASH_BASE + 0x400, bit: 3 }, again: true },
  ORDINARY,
  { spec: null, fault: { kind: 'unplug-after', transfers: 150 } },
];

/** What was in a socket when the hand takes it out. */
export interface TakenOut {
  readonly uid: string;
  readonly outcome: string | null;
}

/** Which board goes into which slot next. */
export class DemoBoards {
  readonly #placed = new Map<number, DemoBoard>();
  #at = 0;

  /** @param own the specs that the slots were opened with */
  constructor(private readonly own: readonly string[]) {}

  /** @param plain true: an ordinary board, since other people's jobs may get it */
  next(slot: number, out: TakenOut | null, plain: boolean): DemoBoard & { readonly spec: string } {
    const before = this.#placed.get(slot);
    const own = this.own[slot]!;
    let board = ORDINARY;
    let spec: string;
    if (out && before?.again && out.outcome === 'FAIL') spec = `${before.spec ?? own}+uid=${out.uid}`;
    else {
      if (!plain) board = DEMO_MIX[this.#at++ % DEMO_MIX.length]!;
      spec = board.spec ?? own;
    }
    this.#placed.set(slot, board);
    return { ...board, spec };
  }

  /** The fault of the board in a slot, given once. */
  takeFault(slot: number): FaultSpec | null {
    const board = this.#placed.get(slot);
    if (!board?.fault) return null;
    const { fault, ...rest } = board;
    this.#placed.set(slot, rest);
    return fault;
  }
}
