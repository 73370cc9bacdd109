import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { CONFIGURATION, LOG } from '../settings/tokens.ts';
import { Database } from '../persistence/database.ts';
import { StationState } from '../status/station-state.ts';
import { StorageWatch } from '../status/storage-watch.ts';

/** Looks once a second whether work can be recorded; says so in the log, in the event log and on the page. */
@Injectable()
export class StorageReports {
  constructor(
    private readonly storage: StorageWatch,
    private readonly state: StationState,
    private readonly database: Database,
    private readonly events: EventLog,
    @Inject(CONFIGURATION) private readonly configuration: Configuration,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  open(): void {
    const { dataDirectory, leastFreeBytes } = this.configuration;
    this.storage.onChange(() => this.#tell());
    this.storage.watch(dataDirectory, leastFreeBytes, () => this.database.commit(async () => undefined));
  }

  #tell(): void {
    const status = this.state.status();
    if (status.ready) this.log.info('the storage is ready again');
    else this.log.error({ problems: status.problems }, 'the station takes no new work');
    // Where it cannot be stored the page hears of it when it asks.
    this.events.record('station.changed', status).catch(() => undefined);
  }

  close(): void {
    this.storage.close();
  }
}
