import 'reflect-metadata';
import { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';
import { Module, type DynamicModule } from '@nestjs/common';
import type { Logger } from 'pino';
import type { Clock } from './clock/clock.ts';
import { imageFolder, type Configuration } from './configuration.ts';
import { AccountDesk } from './accounts/account-desk.ts';
import { Accounts } from './accounts/accounts.ts';
import { FailureLimit } from './accounts/failure-limit.ts';
import { AuditReader } from './audit/audit-reader.ts';
import { BoardBook } from './boards/board-book.ts';
import { BoardList } from './boards/board-list.ts';
import { BoardMarks } from './boards/board-marks.ts';
import { BoardLookup } from './boards/board-lookup.ts';
import { OldRuns } from './boards/old-runs.ts';
import { BoardHolds } from './decisions/board-holds.ts';
import { DecisionBook } from './decisions/decision-book.ts';
import { DecisionEffects } from './decisions/decision-effects.ts';
import { EventLog } from './events/event-log.ts';
import { Generations } from './events/generations.ts';
import { LiveGateway } from './events/live-gateway.ts';
import { LiveProgress } from './events/live-progress.ts';
import { AccountsController } from './http/accounts-controller.ts';
import { AuditController } from './http/audit-controller.ts';
import { DecisionsController } from './http/decisions-controller.ts';
import { HealthController } from './http/health-controller.ts';
import { ImagesController } from './http/images-controller.ts';
import { JobsController } from './http/jobs-controller.ts';
import { RecipesController } from './http/recipes-controller.ts';
import { ReportsController } from './http/reports-controller.ts';
import { BoardsController } from './http/boards-controller.ts';
import { EventsController, RunsController } from './http/runs-controller.ts';
import { SerialsController } from './http/serials-controller.ts';
import { ScansController } from './http/scans-controller.ts';
import { SlotsController } from './http/slots-controller.ts';
import { StationController } from './http/station-controller.ts';
import { VirtualController } from './http/virtual-controller.ts';
import { WorkOrdersController } from './http/work-orders-controller.ts';
import { ImageStore } from './images/image-store.ts';
import { Dispatcher } from './jobs/dispatcher.ts';
import { JobBook } from './jobs/job-book.ts';
import { JobDoor } from './jobs/job-door.ts';
import { JobReferences } from './jobs/job-references.ts';
import { BadgeDesk } from './jobs/badge-desk.ts';
import { RunEnds } from './jobs/run-ends.ts';
import { ClaimDesk } from './jobs/claim-desk.ts';
import { Recorder } from './jobs/claims.ts';
import { JobHolds } from './jobs/job-holds.ts';
import { SerialDoor } from './jobs/serial-door.ts';
import { SlotTransports } from './jobs/slot-transports.ts';
import { RunDoubts } from './jobs/run-doubts.ts';
import { RunLedger } from './jobs/run-ledger.ts';
import { RunStarts } from './jobs/run-starts.ts';
import { UnitNotes } from './jobs/unit-notes.ts';
import { Database } from './persistence/database.ts';
import { Policy } from './policy.ts';
import { RecipeBook } from './recipes/recipe-book.ts';
import { RecipeReleases } from './recipes/recipe-releases.ts';
import { WorkOrders } from './recipes/work-orders.ts';
import { ReportRows } from './reports/report-rows.ts';
import { RunRecords } from './runs/run-records.ts';
import { VirtualRuns } from './runs/virtual-runs.ts';
import { ScanClock } from './scans/scan-clock.ts';
import { scanProviders } from './scans/scan-providers.ts';
import { SerialBook } from './serials/serial-book.ts';
import { ClosedRecord } from './serials/closed-record.ts';
import { SerialIssue } from './serials/serial-issue.ts';
import { Sockets } from './station/sockets.ts';
import type { StationIdentity } from './station/station-identity.ts';
import type { StationNotes } from './station/station-notes.ts';
import type { StorageWatch } from './station/storage-watch.ts';
import { StationState } from './station/station-state.ts';

/** What is made before Nest starts: things with a life of their own. */
export interface Parts {
  readonly configuration: Configuration;
  readonly identity: StationIdentity;
  readonly database: Database;
  readonly bench: Bench;
  /** The virtual bench that `bench` works on; none: USB. */
  readonly virtual?: VirtualBench | null;
  readonly storage: StorageWatch;
  /** The clock of reservations; the host's by default. */
  readonly clock?: Clock;
  readonly notes: StationNotes;
  readonly log: Logger;
}

/** The wiring: libraries to HTTP, websocket and SQL. */
@Module({})
export class AppModule {
  static of(parts: Parts): DynamicModule {
    const { configuration, identity, database, bench, virtual, storage, notes, clock, log } = parts;
    return {
      module: AppModule,
      controllers: [
        HealthController,
        ImagesController,
        RecipesController,
        WorkOrdersController,
        SerialsController,
        JobsController,
        RunsController,
        BoardsController,
        DecisionsController,
        EventsController,
        ReportsController,
        ScansController,
        SlotsController,
        VirtualController,
        StationController,
        AuditController,
        AccountsController,
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: Bench, useValue: bench },
        { provide: StationState, useValue: new StationState(identity, storage, notes) },
        { provide: VirtualRuns, useValue: new VirtualRuns(database, identity.bench) },
        { provide: Sockets, useValue: new Sockets(bench, virtual ?? null) },
        {
          provide: ImageStore,
          inject: [EventLog],
          useFactory: (events: EventLog) => new ImageStore(database, imageFolder(configuration), events),
        },
        { provide: Policy, useValue: configuration.policy },
        EventLog,
        Generations,
        { provide: ClosedRecord, useValue: new ClosedRecord(database, notes) },
        LiveProgress,
        RecipeBook,
        RecipeReleases,
        WorkOrders,
        SerialBook,
        SerialIssue,
        RunRecords,
        OldRuns,
        BoardBook,
        BoardList,
        BoardLookup,
        BoardMarks,
        JobBook,
        { provide: SlotTransports, useValue: new SlotTransports(() => bench.slots) },
        JobReferences,
        SerialDoor,
        ReportRows,
        {
          provide: JobDoor,
          inject: [JobReferences, SerialDoor, EventLog],
          useFactory: (references: JobReferences, serials: SerialDoor, events: EventLog) =>
            new JobDoor(database, references, serials, events, configuration.policy),
        },
        { provide: Recorder, useValue: recorderOf(identity) },
        BoardHolds,
        DecisionEffects,
        DecisionBook,
        JobHolds,
        UnitNotes,
        ClaimDesk,
        RunStarts,
        RunDoubts,
        RunLedger,
        {
          provide: Dispatcher,
          inject: [RunLedger, JobBook, ImageStore, LiveProgress],
          useFactory: (ledger: RunLedger, jobs: JobBook, images: ImageStore, live: LiveProgress) => {
            const ends = new RunEnds(ledger, storage, log);
            return new Dispatcher(bench, ledger, ends, jobs, images, live, storage, log);
          },
        },
        BadgeDesk,
        ...scanProviders(database, new ScanClock(clock), log),
        AuditReader,
        {
          provide: Accounts,
          inject: [EventLog],
          useFactory: (events: EventLog) =>
            new Accounts(configuration.databaseFile, database, events, configuration.token),
        },
        {
          provide: AccountDesk,
          inject: [Accounts],
          useFactory: (accounts: Accounts) => new AccountDesk(database, accounts),
        },
        { provide: FailureLimit, useValue: new FailureLimit() },
        LiveGateway,
      ],
    };
  }
}

function recorderOf({ station, stationId, version, bench }: StationIdentity): Recorder {
  return new Recorder(station, version, bench === 'virtual', stationId);
}
