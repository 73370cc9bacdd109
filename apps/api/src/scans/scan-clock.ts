/** The wall clock of the scan desk. Times of reservations alone go by it, never an order in the record. */
export class ScanClock {
  constructor(readonly now: () => Date = () => new Date()) {}

  iso(): string {
    return this.now().toISOString();
  }

  /** The time in some seconds. */
  after(seconds: number): string {
    return new Date(this.now().getTime() + seconds * 1000).toISOString();
  }
}
