import { Module } from '@nestjs/common';
import type { Logger } from 'pino';
import { DecisionsController } from '../http/decisions-controller.ts';
import { JobsController } from '../http/jobs-controller.ts';
import { WorkOrdersController } from '../http/work-orders-controller.ts';
import { ClaimDesk } from '../jobs/claim-desk.ts';
import { Recorder } from '../jobs/claims.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { RunCohorts } from '../jobs/run-cohorts.ts';
import { RunDoubts } from '../jobs/run-doubts.ts';
import { RunEnds } from '../jobs/run-ends.ts';
import { RunLedger } from '../jobs/run-ledger.ts';
import { RunStarts } from '../jobs/run-starts.ts';
import { ShownOpenings } from '../openings/shown-openings.ts';
import type { StationIdentity } from '../status/station-identity.ts';
import { StorageWatch } from '../status/storage-watch.ts';
import { JobsModule } from './jobs-module.ts';
import { RecipesModule } from './recipes-module.ts';
import { RecordsModule } from './records-module.ts';
import { IDENTITY, LOG } from '../settings/tokens.ts';

/** Brings waiting units and boards together, and books what runs. Its controllers wake it. */
@Module({
  imports: [RecordsModule, RecipesModule, JobsModule],
  controllers: [JobsController, WorkOrdersController, DecisionsController],
  providers: [
    ...[ClaimDesk, RunStarts, RunDoubts, RunCohorts, RunLedger, Dispatcher, ShownOpenings],
    {
      provide: Recorder,
      inject: [IDENTITY],
      useFactory: ({ station, version, bench, stationId }: StationIdentity) =>
        new Recorder(station, version, bench === 'virtual', stationId),
    },
    {
      provide: RunEnds,
      inject: [RunLedger, StorageWatch, LOG],
      useFactory: (ledger: RunLedger, storage: StorageWatch, log: Logger) =>
        new RunEnds(ledger, storage, log),
    },
  ],
  exports: [Dispatcher, ShownOpenings],
})
export class QueueModule {}
