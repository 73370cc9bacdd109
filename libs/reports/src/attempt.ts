import type { Outcome } from '@boardwalk/contracts';

/** One finished run, as reports count it. */
export interface Attempt {
  /** Which board's which life it is: any text that tells them apart. */
  readonly board: string;
  readonly recipe: string;
  readonly slot: string;
  /** RFC 3339. */
  readonly at: string;
  readonly outcome: Outcome;
  readonly workOrder: string | null;
  /** Of a virtual bench. */
  readonly virtual?: boolean;
}

/** Which boards a report is about: by their first attempt. */
export interface ReportWindow {
  readonly from: string | null;
  readonly to: string | null;
  readonly slot?: string | undefined;
  readonly workOrders?: ReadonlySet<string> | undefined;
  /** Runs of virtual benches alone, or of real ones; undefined: both. */
  readonly virtual?: boolean | undefined;
}
