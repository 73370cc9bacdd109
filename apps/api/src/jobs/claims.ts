import type { Recipe, WrittenPatch } from '@boardwalk/contracts';
import type { WaitingSlot } from './next-unit.ts';
import type { UnitWithJob } from '../store/queue/unit-to-run.ts';

/** What a slot is, for the row of a run on it. */
export interface SlotFacts extends WaitingSlot {
  readonly portPath: string;
  readonly probeSerial: string | null;
  readonly probeFirmware: string | null;
}

/** A unit that is this slot's to run: the run's row, the lease and its fence are committed. */
export interface Claim {
  readonly slot: string;
  /** Of the slot, when the run began. */
  readonly insertion: number;
  readonly unit: UnitWithJob;
  readonly runId: string;
  readonly fence: number;
  readonly recipe: Recipe;
  readonly serial: string | null;
  readonly patches: readonly WrittenPatch[];
}

/** The station that runs are recorded under. */
export class Recorder {
  constructor(
    readonly station: string,
    readonly stationVersion: string,
    readonly virtual: boolean,
    /** The id of the station that its leases name. */
    readonly stationId: string | null = null,
  ) {}
}
