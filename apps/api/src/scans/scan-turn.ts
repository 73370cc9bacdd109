import type { ScanFate, ScanMeaning, StationEvent } from '@boardwalk/contracts';
import type { SlotFacts } from '@boardwalk/work';
import type { Transaction } from '../persistence/database.ts';
import type { ScanChoice } from '../persistence/gen/client.ts';

/** An operator's choices, as a scan changes them. */
export type Choice = {
  -readonly [Field in keyof Omit<ScanChoice, 'account' | 'changedAt'>]: ScanChoice[Field];
};

export const NO_CHOICE: Readonly<Choice> = {
  ...{ workOrder: null, recipe: null, slot: null, lot: null },
  ...{ again: null, serial: null, scanId: null, asks: null },
};

/** One scan at work, inside its transaction. */
export interface ScanTurn {
  readonly transaction: Transaction;
  readonly account: string;
  /** RFC 3339 in UTC. */
  readonly now: string;
  /** Written back at the end of the turn. */
  readonly choice: Choice;
  /** The slots as they are now, in the order of the fixture. */
  readonly slots: readonly SlotFacts[];
  /** Events to publish after the commit. */
  readonly told: StationEvent[];
}

/** What a scan led to. */
export interface ScanOutcome {
  readonly meaning: ScanMeaning;
  readonly value: string;
  readonly message: string;
  readonly jobId?: string;
  readonly slot?: string | null;
  readonly reservedUntil?: string | null;
  /** What the record keeps of it. */
  readonly kept: {
    /** Null: it could be a secret. */
    readonly code: string | null;
    readonly serial?: string | null;
    readonly unitId?: number | null;
    /** Null: it was no board's code, or its unit says it. */
    readonly fate: ScanFate | null;
    readonly reason?: string | null;
  };
}

/** A code that starts nothing, said aloud. */
export function refusal(
  value: string,
  message: string,
  code: string | null,
  rest: Partial<Pick<ScanOutcome, 'meaning' | 'slot'>> & { serial?: string } = {},
): ScanOutcome {
  const { meaning = 'refused', slot = null, serial = null } = rest;
  return { meaning, value, message, slot, kept: { code, serial, fate: 'refused', reason: message } };
}

/** Whether the operator has chosen what is made. */
export function hasSource({ choice }: ScanTurn): boolean {
  return choice.workOrder !== null || choice.recipe !== null;
}
