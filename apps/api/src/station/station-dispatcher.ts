import { asStation } from '../events/caller.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import type { StorageWatch } from './storage-watch.ts';

/**
 * The dispatcher's loop serves every job at once: what it does is the station's own act, whoever's request woke it.
 * It begins no run whose end could not be recorded.
 */
export class StationDispatcher extends Dispatcher {
  #storage: StorageWatch | null = null;

  /** Begins runs only while the storage is ready; what waited is taken up by the next look for work. */
  heed(storage: StorageWatch): this {
    this.#storage = storage;
    return this;
  }

  override dispatch(): void {
    if (this.#storage?.ready === false) return;
    asStation(() => super.dispatch());
  }
}
