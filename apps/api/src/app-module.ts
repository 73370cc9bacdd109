import 'reflect-metadata';
import { Bench } from '@boardwalk/station';
import { Module, type DynamicModule } from '@nestjs/common';
import { join } from 'node:path';
import type { Logger } from 'pino';
import type { Configuration } from './configuration.ts';
import { Accounts } from './accounts/accounts.ts';
import { FailureLimit } from './accounts/failure-limit.ts';
import { AuditReader } from './audit/audit-reader.ts';
import { EventLog } from './events/event-log.ts';
import { LiveGateway } from './events/live-gateway.ts';
import { LiveProgress } from './events/live-progress.ts';
import { AccountsController } from './http/accounts-controller.ts';
import { AuditController } from './http/audit-controller.ts';
import { HealthController } from './http/health-controller.ts';
import { ImagesController } from './http/images-controller.ts';
import { JobsController } from './http/jobs-controller.ts';
import { RecipesController, WorkOrdersController } from './http/recipes-controller.ts';
import { ReportsController } from './http/reports-controller.ts';
import { BoardsController, EventsController, RunsController } from './http/runs-controller.ts';
import { SlotsController } from './http/slots-controller.ts';
import { StationController } from './http/station-controller.ts';
import { ImageStore } from './images/image-store.ts';
import { Dispatcher } from './jobs/dispatcher.ts';
import { JobBook } from './jobs/job-book.ts';
import { Database } from './persistence/database.ts';
import { RecipeBook } from './recipes/recipe-book.ts';
import { WorkOrders } from './recipes/work-orders.ts';
import { ReportRows } from './reports/report-rows.ts';
import { RunRecords } from './runs/run-records.ts';
import { StationDispatcher } from './station/station-dispatcher.ts';
import type { StationIdentity } from './station/station-identity.ts';
import type { StorageWatch } from './station/storage-watch.ts';
import { StationState } from './station/station-state.ts';

/** What is made before Nest starts: things with a life of their own. */
export interface Parts {
  readonly configuration: Configuration;
  readonly identity: StationIdentity;
  readonly database: Database;
  readonly bench: Bench;
  readonly storage: StorageWatch;
  readonly log: Logger;
}

/** The wiring: libraries to HTTP, websocket and SQL. */
@Module({})
export class AppModule {
  static of({ configuration, identity, database, bench, storage, log }: Parts): DynamicModule {
    return {
      module: AppModule,
      controllers: [
        HealthController,
        ImagesController,
        RecipesController,
        WorkOrdersController,
        JobsController,
        RunsController,
        BoardsController,
        EventsController,
        ReportsController,
        SlotsController,
        StationController,
        AuditController,
        AccountsController,
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: Bench, useValue: bench },
        { provide: StationState, useValue: new StationState(identity, storage) },
        {
          provide: ImageStore,
          inject: [EventLog],
          useFactory: (events: EventLog) =>
            new ImageStore(database, join(configuration.dataDirectory, 'images'), events),
        },
        EventLog,
        LiveProgress,
        RecipeBook,
        WorkOrders,
        RunRecords,
        JobBook,
        ReportRows,
        {
          provide: Dispatcher,
          inject: [JobBook, RecipeBook, ImageStore, RunRecords, EventLog, LiveProgress],
          useFactory: (
            jobs: JobBook,
            recipes: RecipeBook,
            images: ImageStore,
            runs: RunRecords,
            events: EventLog,
            live: LiveProgress,
          ) =>
            new StationDispatcher(
              database,
              bench,
              jobs,
              recipes,
              images,
              runs,
              events,
              live,
              identity,
              log,
            ).heed(storage),
        },
        AuditReader,
        {
          provide: Accounts,
          inject: [EventLog],
          useFactory: (events: EventLog) =>
            new Accounts(configuration.databaseFile, database, events, configuration.token),
        },
        { provide: FailureLimit, useValue: new FailureLimit() },
        LiveGateway,
      ],
    };
  }
}
