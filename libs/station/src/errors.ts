import { RefusalError } from '@boardwalk/contracts';

export type StationErrorCode =
  'station.slot_busy' | 'station.slot_disabled' | 'station.no_probe' | 'station.lease_lost';

/** A slot that cannot do what was asked, now. */
export class StationError extends RefusalError<StationErrorCode> {
  declare readonly remedy: string;
  constructor(code: StationErrorCode, message: string, slot: string, remedy?: string) {
    super(code, message, { params: { slot }, remedy });
    this.name = 'StationError';
  }
}
