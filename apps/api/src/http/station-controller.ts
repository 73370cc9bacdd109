import { ActionBody, EventPlace, StationStatus } from '@boardwalk/contracts';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { EventLog } from '../events/event-log.ts';
import { Generations } from '../events/generations.ts';
import { ClosedRecord } from '../serials/closed-record.ts';
import { StationState } from '../status/station-state.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('station')
@ApiBearerAuth()
@Controller('api/v1')
export class StationController {
  constructor(
    private readonly state: StationState,
    private readonly events: EventLog,
    private readonly generations: Generations,
    private readonly closed: ClosedRecord,
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
    return { lastEventId: await this.events.lastId(), generation: this.generations.current };
  }

  @ApiOperation({
    summary:
      'Lets ranges give serials again after a restore over a file that could not be read: what was given since the backup is not known.',
  })
  @Post('station/serials/open')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: StationStatus })
  @MayAnswer('wrong-state')
  async openSerials(@Body({ schema: ActionBody }) body: ActionBody): Promise<StationStatus> {
    await this.closed.open(body?.reason);
    return this.state.status();
  }
}
