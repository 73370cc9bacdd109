import type { ExitName } from './exit-codes.ts';

/** Everything that the station, its REST side and the command line know of one code. */
export interface RefusalRow {
  /** HTTP status; null: no request is answered with this code. */
  readonly status: number | null;
  /** The code in which REST answers it, where that is another: REST's codes were there first. */
  readonly answeredAs?: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  readonly exit: ExitName;
  /** How a run ends in which a step meets this code: a row of runs.ts. */
  readonly run?: string;
  /** One sentence for the API document. */
  readonly means: string;
  /** Something that an operator can do at the bench. */
  readonly operator: string;
  /** Something that an engineer can do while the station runs; used where the error has no better one. */
  readonly engineer: string;
}

/** Rows that share most of their columns; a row says only what differs. */
export function rows<const Common extends Partial<RefusalRow>, const Own extends Record<string, object>>(
  common: Common,
  own: Own & Record<string, Omit<RefusalRow, keyof Common> & Partial<RefusalRow>>,
): { readonly [Code in keyof Own]: RefusalRow & Own[Code] } {
  const whole = Object.entries(own).map(([code, row]) => [code, { ...common, ...row }]);
  return Object.fromEntries(whole) as { readonly [Code in keyof Own]: RefusalRow & Own[Code] };
}
