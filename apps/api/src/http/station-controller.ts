import { EventPlace, StationStatus } from '@boardwalk/contracts';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { EventLog } from '../events/event-log.ts';
import { StationState } from '../station/station-state.ts';

@ApiTags('station')
@ApiBearerAuth()
@Controller('api/v1')
export class StationController {
  constructor(
    private readonly state: StationState,
    private readonly events: EventLog,
  ) {}

  @ApiOperation({ summary: 'What the station is, and whether it takes new work.' })
  @Get('station')
  @ApiOkResponse({ standardSchema: StationStatus })
  getStation(): StationStatus {
    return this.state.status();
  }

  @ApiOperation({
    summary: 'Where the event log stands: what a snapshot taken after this needs to follow from.',
  })
  @Get('station/place')
  @ApiOkResponse({ standardSchema: EventPlace })
  async getEventPlace(): Promise<EventPlace> {
    return { lastEventId: await this.events.lastId() };
  }
}
