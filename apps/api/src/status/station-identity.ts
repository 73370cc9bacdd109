import type { BenchKind } from '@boardwalk/contracts';

/** What this station is called in every record. */
export interface StationIdentity {
  readonly station: string;
  /** Made at its first start; the same for ever. */
  readonly stationId: string;
  readonly version: string;
  readonly bench: BenchKind;
}
