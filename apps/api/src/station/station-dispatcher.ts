import { asStation } from '../events/caller.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';

/** The dispatcher's loop serves every job at once: what it does is the station's own act, whoever's request woke it. */
export class StationDispatcher extends Dispatcher {
  override dispatch(): void {
    asStation(() => super.dispatch());
  }
}
