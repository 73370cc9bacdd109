import { Board, ListQuery, listOf, Run, SlotName, StationEvent } from '@boardwalk/contracts';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { EventLog } from '../events/event-log.ts';
import { RunRecords } from '../runs/run-records.ts';
import { linkNext } from './links.ts';

const RunQuery = ListQuery.extend({
  job: z.string().max(64).optional(),
  slot: SlotName.optional(),
  outcome: z.enum(['PASS', 'FAIL', 'ERROR', 'TIMEOUT', 'ABORTED']).optional(),
});

@ApiTags('runs')
@ApiBearerAuth()
@Controller('api/v1/runs')
export class RunsController {
  constructor(private readonly runs: RunRecords) {}

  @Get()
  @ApiOkResponse({ standardSchema: listOf(Run) })
  async list(
    @Query({ schema: RunQuery }) query: z.infer<typeof RunQuery>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { job, slot, outcome, limit, cursor } = query;
    const filter = {
      ...(job ? { jobId: job } : {}),
      ...(slot ? { slot } : {}),
      ...(outcome ? { outcome } : {}),
    };
    const page = await this.runs.list(filter, limit, cursor);
    linkNext(response, page.nextCursor);
    return page;
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: Run })
  get(@Param('id') id: string): Promise<Run> {
    return this.runs.get(id);
  }
}

@ApiTags('boards')
@ApiBearerAuth()
@Controller('api/v1/boards')
export class BoardsController {
  constructor(private readonly runs: RunRecords) {}

  @Get()
  @ApiOkResponse({ standardSchema: listOf(Board) })
  async list() {
    return { data: await this.runs.boards(), nextCursor: null };
  }

  /** One board's whole life, by serial or unique id. */
  @Get(':id')
  @ApiOkResponse({ standardSchema: listOf(Run) })
  async get(@Param('id') id: string) {
    return { data: await this.runs.boardLife(id), nextCursor: null };
  }
}

const EventQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(500),
});

@ApiTags('events')
@ApiBearerAuth()
@Controller('api/v1/events')
export class EventsController {
  constructor(private readonly events: EventLog) {}

  /** The committed event log, for whoever missed the socket. */
  @Get()
  @ApiOkResponse({
    standardSchema: z.object({ data: z.array(StationEvent), nextCursor: z.string().nullable() }),
  })
  async list(@Query({ schema: EventQuery }) { after, limit }: z.infer<typeof EventQuery>) {
    return { data: await this.events.after(after, limit), nextCursor: null };
  }
}
