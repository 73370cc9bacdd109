import type { EventPlace, StationStatus } from '@boardwalk/contracts';
import { Controller } from '@nestjs/common';
import { EventLog } from '../events/event-log.ts';
import { Generations } from '../events/generations.ts';
import type { TakenBy } from '../routes/row.ts';
import { STATION } from '../routes/station.ts';
import { ClosedRecord } from '../serials/closed-record.ts';
import { StationState } from '../status/station-state.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class StationController {
  constructor(
    private readonly state: StationState,
    private readonly events: EventLog,
    private readonly generations: Generations,
    private readonly closed: ClosedRecord,
  ) {}

  @Route(STATION.getStation)
  getStation(): StationStatus {
    return this.state.status();
  }

  @Route(STATION.getEventPlace)
  async getEventPlace(): Promise<EventPlace> {
    return { lastEventId: await this.events.lastId(), generation: this.generations.current };
  }

  @Route(STATION.openSerials)
  async openSerials(@Taken() { body }: TakenBy<typeof STATION.openSerials>): Promise<StationStatus> {
    await this.closed.open(body?.reason);
    return this.state.status();
  }
}
