/** One at a time, in the order they came. */
export class Turnstile {
  #tail: Promise<void> = Promise.resolve();

  /** @returns the function that lets the next one in */
  async enter(): Promise<() => void> {
    const previous = this.#tail;
    let free!: () => void;
    this.#tail = new Promise((resolve) => (free = resolve));
    await previous;
    return free;
  }
}
