import { HOST_CLOCK, type Clock } from '../clock/clock.ts';

/**
 * The clock of the scan desk. Times that people read come from the wall clock; whether a reservation is over, from the
 * one that nobody can set. No order in the record goes by either.
 */
export class ScanClock {
  constructor(private readonly clock: Clock = HOST_CLOCK) {}

  iso(): string {
    return this.clock.wall().toISOString();
  }

  /** The wall's time in some seconds. */
  after(seconds: number): string {
    return new Date(this.clock.wall().getTime() + seconds * 1000).toISOString();
  }

  monotonicMs(): number {
    return this.clock.monotonicMs();
  }
}
