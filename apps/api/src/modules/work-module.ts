import { Module } from '@nestjs/common';
import type { Clock } from '../clock/clock.ts';
import { ScansController } from '../http/scans-controller.ts';
import { BadgeDesk } from '../jobs/badge-desk.ts';
import { QueueWork } from '../station/queue-work.ts';
import { BoardScan } from '../scans/board-scan.ts';
import { OrderRoom } from '../scans/order-room.ts';
import { ReservationCommands } from '../scans/reservation-commands.ts';
import { ReservationExpiry } from '../scans/reservation-expiry.ts';
import { Reservations } from '../scans/reservations.ts';
import { RunAll } from '../scans/run-all.ts';
import { ScanClock } from '../scans/scan-clock.ts';
import { ScanCommands } from '../scans/scan-commands.ts';
import { ScanDesk } from '../scans/scan-desk.ts';
import { ScanLedger } from '../scans/scan-ledger.ts';
import { ScanStates } from '../scans/scan-states.ts';
import { ScanUnits } from '../scans/scan-units.ts';
import { SourceScan } from '../scans/source-scan.ts';
import { StartCheck } from '../scans/start-check.ts';
import { AccountsModule } from './accounts-module.ts';
import { JobsModule } from './jobs-module.ts';
import { QueueModule } from './queue-module.ts';
import { RecipesModule } from './recipes-module.ts';
import { RecordsModule } from './records-module.ts';
import { CLOCK } from '../settings/tokens.ts';

/** Scans of operators, and the queue at work. */
@Module({
  imports: [AccountsModule, RecordsModule, RecipesModule, JobsModule, QueueModule],
  controllers: [ScansController],
  providers: [
    ...[ScanDesk, ScanCommands, ScanLedger, ScanStates, ScanUnits, SourceScan, StartCheck, BadgeDesk],
    ...[BoardScan, OrderRoom, Reservations, ReservationCommands, ReservationExpiry, RunAll, QueueWork],
    { provide: ScanClock, inject: [CLOCK], useFactory: (clock: Clock) => new ScanClock(clock) },
  ],
})
export class WorkModule {}
