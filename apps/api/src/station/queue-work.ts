import { Bench } from '@boardwalk/station';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { OldRuns } from '../boards/old-runs.ts';
import { EventLog, type Entry } from '../events/event-log.ts';
import { LOG } from '../settings/tokens.ts';
import { Database } from '../persistence/database.ts';
import { ReservationExpiry } from '../scans/reservation-expiry.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';

/** A job may begin by the clock alone: its `notBefore` has come. */
const DISPATCH_MS = 1000;

/** Names what a dead process left, then takes up work whenever the bench changes, and as time goes by. */
@Injectable()
export class QueueWork {
  #ticks: NodeJS.Timeout | null = null;

  constructor(
    private readonly bench: Bench,
    private readonly database: Database,
    private readonly old: OldRuns,
    private readonly dispatcher: Dispatcher,
    private readonly reservations: ReservationExpiry,
    private readonly events: EventLog,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async open(): Promise<void> {
    await this.old.begin();
    const interrupted = await this.dispatcher.recover();
    await this.reservations.begin();
    if (interrupted > 0)
      this.log.warn({ interrupted }, 'runs were interrupted by the last end of the station');
    this.bench.onChange(({ type, slot }) => {
      const data = { slot: slot.name, port: slot.port, probe: slot.probe?.serial ?? null, note: slot.note };
      const changes: Entry[] = type === 'slot.changed' ? [] : [{ type, data }];
      this.events
        .recordAll([...changes, { type: 'slot.changed', data: slot }])
        .catch((cause: unknown) => this.log.error({ err: cause }, 'an event could not be stored'));
      this.dispatcher.dispatch();
    });
    this.dispatcher.dispatch();
    this.#ticks = setInterval(() => this.dispatcher.tick(), DISPATCH_MS);
  }

  /** Requests that wait for the database's lock give up first, so that runs can end. */
  async close(): Promise<void> {
    if (this.#ticks) clearInterval(this.#ticks);
    this.database.hurry();
    await this.dispatcher.close();
  }
}
