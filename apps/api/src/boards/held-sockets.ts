/**
 * Boards that were held in their sockets and that neither a unique id nor a serial tells: for as long as one stays in
 * its socket it is the same chip, so that a decision about it reaches its next run.
 */
export class HeldSockets {
  readonly #held = new Map<string, { readonly insertion: number; readonly board: number }>();

  /** The board that was put into a slot with this insertion is held. */
  keep(slot: string, insertion: number, board: number): void {
    this.#held.set(slot, { insertion, board });
  }

  /** The board that was held in a slot since it was put in; null: another one is there, or none was. */
  boardIn(slot: string, insertion: number): number | null {
    const held = this.#held.get(slot);
    return held?.insertion === insertion ? held.board : null;
  }
}
