import type { HostUsb } from './host-types.ts';

/** How often the bus is looked at, ms, since no event comes where udev does not run. */
const LOOK_EVERY_MS = 1000;

/**
 * Notices what is plugged in and out: by the package's events where they come, by looking where they do not. The
 * events are asked for only after an enumeration worked: on a machine without USB the package lists devices by
 * itself when a listener is added, and nobody catches its rejection, which ends the process.
 */
export class HostWatch {
  readonly #usb: HostUsb;
  readonly #list: () => Promise<string | null>;
  readonly #listeners = new Set<() => void>();
  readonly #onEvent = (): void => void this.#look(true);
  #timer: NodeJS.Timeout | null = null;
  #listening = false;
  #seen: string | null | undefined;

  /** @param list what is on the bus now as one comparable text; null where the machine has no USB */
  constructor(usb: HostUsb, list: () => Promise<string | null>) {
    this.#usb = usb;
    this.#list = list;
  }

  add(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#timer) {
      // A watch alone is no reason to keep a command-line tool running.
      this.#timer = setInterval(() => void this.#look(false), LOOK_EVERY_MS).unref();
      void this.#look(false);
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    this.#listeners.clear();
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#seen = undefined;
    if (!this.#listening) return;
    this.#listening = false;
    this.#usb.removeEventListener('connect', this.#onEvent);
    this.#usb.removeEventListener('disconnect', this.#onEvent);
  }

  async #look(told: boolean): Promise<void> {
    const now = await this.#list().catch(() => null);
    if (!this.#timer) return;
    const changed = this.#seen !== undefined && now !== this.#seen;
    this.#seen = now;
    if (now !== null) this.#listen();
    if (changed || told) for (const listener of [...this.#listeners]) listener();
  }

  #listen(): void {
    if (this.#listening) return;
    this.#listening = true;
    this.#usb.addEventListener('connect', this.#onEvent);
    this.#usb.addEventListener('disconnect', this.#onEvent);
  }
}
