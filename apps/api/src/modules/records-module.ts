import { stationKey } from '@boardwalk/records';
import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { AuditReader } from '../audit/audit-reader.ts';
import { OlderRows } from '../audit/older-rows.ts';
import { RecordKeeping } from '../audit/record-keeping.ts';
import { BoardBook } from '../boards/board-book.ts';
import { BoardList } from '../boards/board-list.ts';
import { BoardLookup } from '../boards/board-lookup.ts';
import { BoardMarks } from '../boards/board-marks.ts';
import { OldRuns } from '../boards/old-runs.ts';
import { Upgrade } from '../boards/upgrade.ts';
import { CertificateReader } from '../certificates/certificate-reader.ts';
import { ClockWatch } from '../audit/clock-watch.ts';
import type { Clock } from '../clock/clock.ts';
import { EventLog } from '../events/event-log.ts';
import { AuditController } from '../http/audit-controller.ts';
import { BoardsController } from '../http/boards-controller.ts';
import { CertificatesController } from '../http/certificates-controller.ts';
import { IdentityController } from '../http/identity-controller.ts';
import { EventsController, RunsController } from '../http/runs-controller.ts';
import { PlantShifts } from '../openings/plant-shifts.ts';
import { SlotOpenings } from '../openings/slot-openings.ts';
import { Database } from '../persistence/database.ts';
import { PlantTimes } from '../reports/plant-times.ts';
import { RunBook } from '../runs/run-book.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import type { Configuration } from '../settings/configuration.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { StationNotes } from '../status/station-notes.ts';
import { CLOCK, CONFIGURATION, IDENTITY, LAST_EVENT_AT, LOG, SIGNING_KEY } from '../settings/tokens.ts';

/** The record of the work: runs, boards, events and their chain. */
@Module({
  controllers: [
    ...[RunsController, CertificatesController, IdentityController],
    ...[BoardsController, EventsController, AuditController],
  ],
  providers: [
    ...[RunBook, BoardBook, BoardList, BoardLookup, BoardMarks, OldRuns, AuditReader, RecordKeeping],
    ...[PlantTimes, PlantShifts, SlotOpenings, CertificateReader],
    {
      provide: SIGNING_KEY,
      inject: [CONFIGURATION],
      useFactory: ({ dataDirectory }: Configuration) => stationKey(dataDirectory),
    },
    {
      provide: VirtualRuns,
      inject: [Database, IDENTITY],
      useFactory: (database: Database, { bench }: StationIdentity) => new VirtualRuns(database, bench),
    },
    {
      provide: ClockWatch,
      inject: [EventLog, StationNotes, LOG, CLOCK, LAST_EVENT_AT],
      useFactory: (events: EventLog, notes: StationNotes, log: Logger, clock: Clock, last: string | null) =>
        new ClockWatch(events, notes, log, clock, last),
    },
    {
      provide: Upgrade,
      inject: [OldRuns, StationNotes, LOG],
      useFactory: (old: OldRuns, notes: StationNotes, log: Logger) => new Upgrade(old, notes, log),
    },
    {
      provide: OlderRows,
      inject: [Database, OldRuns, LOG],
      useFactory: (database: Database, old: OldRuns, log: Logger) =>
        new OlderRows(database, () => old.progress.done, log),
    },
  ],
  exports: [RunBook, BoardBook, BoardMarks, BoardLookup, OldRuns, VirtualRuns, PlantShifts, SlotOpenings],
})
export class RecordsModule {}
