import type { Plant } from './plant.ts';

/** Which boards a report is about: by their first attempt. */
export interface ReportWindow {
  readonly from: string | null;
  readonly to: string | null;
  readonly slot?: string | undefined;
  /** Runs of virtual benches alone, or of real ones; undefined: both. */
  readonly virtual?: boolean | undefined;
  /** What the rows are by; undefined: what the report is by of itself. */
  readonly groupBy?: string | undefined;
  /** What is measured, of a report about one measurement. */
  readonly measure?: string | undefined;
  /** Where days and shifts come from; undefined: days of UTC, and no shifts. */
  readonly plant?: Plant | undefined;
  /** The filters of the query as a list of runs takes them, for links. */
  readonly filters?: Readonly<Record<string, string>> | undefined;
}
