import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { CONFIGURATION, IDENTITY, LOG } from '../settings/tokens.ts';
import { Database } from '../persistence/database.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { DailyAnchors } from './anchors.ts';
import { Retention } from './retention.ts';

/** How often the day's anchor and the retention rule are looked at. */
const KEEP_MS = 600_000;

/** Says in the record that the station opened; then the day's anchor and the retention rule, now and as days pass. */
@Injectable()
export class RecordKeeping {
  readonly #anchors: DailyAnchors;
  readonly #retention: Retention | null;
  #quiet: () => void = () => undefined;
  #clock: NodeJS.Timeout | null = null;

  constructor(
    database: Database,
    private readonly events: EventLog,
    @Inject(IDENTITY) private readonly identity: StationIdentity,
    @Inject(CONFIGURATION) { dataDirectory, keepEventDays }: Configuration,
    @Inject(LOG) private readonly log: Logger,
  ) {
    this.#anchors = new DailyAnchors(database, dataDirectory, log);
    this.#retention = keepEventDays === undefined ? null : new Retention(database, events, keepEventDays);
  }

  async open(): Promise<void> {
    await this.events.recordChange('station.opened', this.identity);
    await this.#keep();
    const failed = (cause: unknown): void => this.log.error({ err: cause }, 'the records could not be kept');
    this.#quiet = this.events.onEvent(({ type, data }) => {
      if (type === 'work-order.changed' && data.state === 'completed')
        this.#anchors.completed(data.id, new Date()).catch(failed);
    });
    this.#clock = setInterval(() => void this.#keep().catch(failed), KEEP_MS);
  }

  async #keep(): Promise<void> {
    const now = new Date();
    await this.#retention?.apply(now);
    await this.#anchors.keep(now);
  }

  close(): void {
    this.#quiet();
    if (this.#clock) clearInterval(this.#clock);
  }
}
