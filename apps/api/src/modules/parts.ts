import { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';
import { Global, Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from '../clock/clock.ts';
import type { Configuration } from '../settings/configuration.ts';
import { EventLog } from '../events/event-log.ts';
import { Generations } from '../events/generations.ts';
import { LiveProgress } from '../events/live-progress.ts';
import { Database } from '../persistence/database.ts';
import { Policy } from '../settings/policy.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { StationNotes } from '../status/station-notes.ts';
import { StationState } from '../status/station-state.ts';
import { StorageWatch } from '../status/storage-watch.ts';
import { CLOCK, CONFIGURATION, IDENTITY, LAST_EVENT_AT, LOG, VIRTUAL_BENCH } from '../settings/tokens.ts';

/** Parts that are made before Nest starts, because they begin and end by themselves. */
export interface Parts {
  readonly configuration: Configuration;
  readonly identity: StationIdentity;
  readonly database: Database;
  readonly bench: Bench;
  /** The virtual bench that `bench` works on; null: USB. */
  readonly virtual: VirtualBench | null;
  readonly storage: StorageWatch;
  /** The clock of reservations and of the record. */
  readonly clock: Clock;
  /** The time of the record's last event before this start; null in a new record. */
  readonly lastEventAt: string | null;
  readonly notes: StationNotes;
  readonly log: Logger;
}

/** These parts, and what every feature writes to: the event log. */
@Global()
@Module({})
export class PartsModule {
  static of(parts: Parts): DynamicModule {
    const { configuration, identity, database, bench, virtual, storage, clock, lastEventAt, notes, log } =
      parts;
    const values = [
      { provide: CONFIGURATION, useValue: configuration },
      { provide: IDENTITY, useValue: identity },
      { provide: VIRTUAL_BENCH, useValue: virtual },
      { provide: CLOCK, useValue: clock },
      { provide: LAST_EVENT_AT, useValue: lastEventAt },
      { provide: LOG, useValue: log },
      { provide: Database, useValue: database },
      { provide: Bench, useValue: bench },
      { provide: StorageWatch, useValue: storage },
      { provide: StationNotes, useValue: notes },
      { provide: StationState, useValue: new StationState(identity, storage, notes) },
      { provide: Policy, useValue: configuration.policy },
    ];
    const services = [EventLog, Generations, LiveProgress];
    return {
      module: PartsModule,
      providers: [...values, ...services],
      exports: [...values.map(({ provide }) => provide), ...services],
    };
  }
}
