import type { Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { EventLog } from '../events/event-log.ts';
import type { Database } from '../persistence/database.ts';
import { Policy } from '../policy.ts';
import { BoardScan } from './board-scan.ts';
import { OrderRoom } from './order-room.ts';
import { ReservationCommands } from './reservation-commands.ts';
import { ReservationExpiry } from './reservation-expiry.ts';
import { Reservations } from './reservations.ts';
import { RunAll } from './run-all.ts';
import { ScanClock } from './scan-clock.ts';
import { ScanCommands } from './scan-commands.ts';
import { ScanDesk } from './scan-desk.ts';
import { ScanLedger } from './scan-ledger.ts';
import { ScanStates } from './scan-states.ts';
import { ScanUnits } from './scan-units.ts';
import { SourceScan } from './source-scan.ts';
import { StartCheck } from './start-check.ts';

/** The scan desk and its parts. */
export function scanProviders(database: Database, clock: ScanClock, log: Logger): Provider[] {
  return [
    { provide: ScanClock, useValue: clock },
    {
      provide: ReservationExpiry,
      inject: [Reservations, ScanLedger, EventLog, Policy],
      useFactory: (reservations: Reservations, ledger: ScanLedger, events: EventLog, policy: Policy) =>
        new ReservationExpiry(database, reservations, ledger, events, policy, clock, log),
    },
    ...[BoardScan, OrderRoom, ReservationCommands, Reservations, RunAll, ScanCommands],
    ...[ScanDesk, ScanLedger, ScanStates, ScanUnits, SourceScan, StartCheck],
  ];
}
