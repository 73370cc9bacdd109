import { Run, RunQuery, StationEvent } from '@boardwalk/contracts';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import { z } from 'zod';
import { EventLog } from '../events/event-log.ts';
import { Generations } from '../events/generations.ts';
import { RunBook } from '../runs/run-book.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';
import { logPage } from '../lists/cursor.ts';
import { ListRoute } from './list-route.ts';
import { LeavesOutVirtual, VIRTUAL_RUNS_HEADER } from './virtual-runs-header.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('runs')
@ApiBearerAuth()
@Controller('api/v1/runs')
export class RunsController {
  constructor(
    private readonly runs: RunBook,
    private readonly virtual: VirtualRuns,
  ) {}

  @ApiOperation({ summary: 'Runs, the newest first.' })
  @Get()
  @ListRoute(Run, 'cursor', { headers: VIRTUAL_RUNS_HEADER })
  @LeavesOutVirtual()
  listRuns(@Query({ schema: RunQuery }) query: RunQuery) {
    return this.runs.list({ ...query, virtual: this.virtual.shown(query.virtual) });
  }

  @ApiOperation({ summary: 'One run: steps, measurements, identity, hashes and outcome.' })
  @Get(':id')
  @ApiOkResponse({ standardSchema: Run })
  getRun(@Param('id') id: string): Promise<Run> {
    return this.runs.get(id);
  }
}

const EventQuery = z.strictObject({
  after: z.coerce.number().int().min(0).optional(),
  generation: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'of the record, as the last answer gave it' }),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

@ApiTags('events')
@ApiBearerAuth()
@Controller('api/v1/events')
export class EventsController {
  constructor(
    private readonly events: EventLog,
    private readonly generations: Generations,
  ) {}

  @ApiOperation({ summary: 'The committed event log, for whoever missed the socket.' })
  @Get()
  @ListRoute(StationEvent, 'after')
  @MayAnswer('generation-changed')
  async listEvents(@Query({ schema: EventQuery }) { limit, ...place }: z.infer<typeof EventQuery>) {
    await this.generations.require(place);
    return logPage(await this.events.after(place.after ?? 0, limit), limit);
  }
}
