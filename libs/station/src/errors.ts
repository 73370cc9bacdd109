export type StationErrorCode =
  'station.slot_busy' | 'station.slot_disabled' | 'station.no_probe' | 'station.lease_lost';

/** A slot that cannot do what was asked, now. */
export class StationError extends Error {
  constructor(
    readonly code: StationErrorCode,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
    this.name = 'StationError';
  }
}
