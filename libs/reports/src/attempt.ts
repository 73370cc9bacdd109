import type { Outcome } from '@boardwalk/contracts';
import type { Plant } from './plant.ts';

/** One finished run, as reports over the whole history count it. */
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
  /** What the rows are by; undefined: what the report is by of itself. */
  readonly groupBy?: string | undefined;
  /** Where days and shifts come from; undefined: days of UTC, and no shifts. */
  readonly plant?: Plant | undefined;
  /** The filters of the query as a list of runs takes them, for links. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
}
