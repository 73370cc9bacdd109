import { Bench } from '@boardwalk/station';
import type { VirtualBench } from '@boardwalk/virtual-bench';
import { Module } from '@nestjs/common';
import { LiveGateway } from '../live/live-gateway.ts';
import { HealthController } from '../http/health-controller.ts';
import { SlotsController } from '../http/slots-controller.ts';
import { StationController } from '../http/station-controller.ts';
import { VirtualController } from '../http/virtual-controller.ts';
import { DemoWork } from '../station/demo-work.ts';
import { Sockets } from '../station/sockets.ts';
import { StorageReports } from '../station/storage-reports.ts';
import { AccountsModule } from './accounts-module.ts';
import { JobsModule } from './jobs-module.ts';
import { QueueModule } from './queue-module.ts';
import { RecipesModule } from './recipes-module.ts';
import { RecordsModule } from './records-module.ts';
import { VIRTUAL_BENCH } from '../settings/tokens.ts';

/** The slots as they are now, what follows them live, and what the station says of itself. */
@Module({
  imports: [AccountsModule, RecordsModule, RecipesModule, JobsModule, QueueModule],
  controllers: [SlotsController, VirtualController, StationController, HealthController],
  providers: [
    {
      provide: Sockets,
      inject: [Bench, VIRTUAL_BENCH],
      useFactory: (bench: Bench, virtual: VirtualBench | null) => new Sockets(bench, virtual),
    },
    ...[LiveGateway, StorageReports, DemoWork],
  ],
})
export class BenchModule {}
