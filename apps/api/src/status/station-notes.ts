/** Facts that are worth knowing and no reason to stop work: an upgrade that goes on, a clock that was wrong. */
export class StationNotes {
  readonly #notes = new Map<string, string>();

  /** The notes now, in the order in which they came. */
  get all(): string[] {
    return [...this.#notes.values()];
  }

  /** Sets the note of a kind, or takes it away. */
  set(kind: string, says: string | null): void {
    if (says === null) this.#notes.delete(kind);
    else this.#notes.set(kind, says);
  }
}
