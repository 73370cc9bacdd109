import type { UsbBus } from '@boardwalk/probe';

/**
 * The boards' own USB on this host. No descriptor says in which slot a board lies; only when it enumerates tells.
 * So one board at a time is let run to be seen, and what was there before it ran is not it.
 */
export class BoardUsb {
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly bus: UsbBus) {}

  /**
   * Waits until no other board is awaited.
   * @returns the function that ends this turn; null once `signal` has aborted
   */
  async turn(signal: AbortSignal): Promise<(() => void) | null> {
    const before = this.#last;
    let end!: () => void;
    const mine = new Promise<void>((resolve) => (end = resolve));
    this.#last = before.then(() => mine);
    const stopped = new AbortController();
    const aborted = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true, signal: stopped.signal });
    });
    if (!signal.aborted) await Promise.race([before, aborted]);
    stopped.abort();
    if (!signal.aborted) return end;
    end();
    return null;
  }

  /** Every device with these ids, named by port path and address: one that enumerates again has another name. */
  async enumerated(vendorId: number, productId: number): Promise<ReadonlySet<string>> {
    const devices = await this.bus.devices();
    const own = devices.filter((device) => device.vendorId === vendorId && device.productId === productId);
    return new Set(own.map(({ portPath, address }) => `${portPath}@${address}`));
  }
}
