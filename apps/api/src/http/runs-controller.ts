import { Run, RunQuery, StationEvent } from '@boardwalk/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { EventLog } from '../events/event-log.ts';
import { RunRecords } from '../runs/run-records.ts';
import { logPage } from '../lists/cursor.ts';
import { ListRoute } from './list-route.ts';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('api/v1/runs')
export class RunsController {
  constructor(private readonly runs: RunRecords) {}

  @ApiOperation({ summary: 'Runs, the newest first.' })
  @Get()
  @ListRoute(Run)
  listRuns(@Query({ schema: RunQuery }) query: RunQuery) {
    return this.runs.list(query);
  }

  @ApiOperation({ summary: 'One run: steps, measurements, identity, hashes and outcome.' })
  @Get(':id')
  @ApiOkResponse({ standardSchema: Run })
  getRun(@Param('id') id: string): Promise<Run> {
    return this.runs.get(id);
  }
}

const EventQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

@ApiTags('events')
@ApiBearerAuth()
@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly events: EventLog) {}

  @ApiOperation({ summary: 'The committed event log, for whoever missed the socket.' })
  @Get()
  @ListRoute(StationEvent, 'after')
  async listEvents(@Query({ schema: EventQuery }) { after, limit }: z.infer<typeof EventQuery>) {
    return logPage(await this.events.after(after, limit), limit);
  }
}
