import { ActionBody, CreateJob, Job, JobQuery, ListQuery, Run } from '@boardwalk/contracts';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiHeader, ApiOkResponse, ApiTags, ApiOperation } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { callerNow } from '../events/caller.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { RunBook } from '../runs/run-book.ts';
import { idempotentRequest } from '../jobs/idempotency-key.ts';
import { Created } from './created.ts';
import { ListRoute } from './list-route.ts';
import { MayAnswer } from './may-answer.ts';

@ApiTags('jobs')
@ApiBearerAuth()
@Controller('api/v1/jobs')
export class JobsController {
  constructor(
    private readonly door: JobDoor,
    private readonly jobs: JobBook,
    private readonly dispatcher: Dispatcher,
    private readonly runs: RunBook,
  ) {}

  @ApiOperation({
    summary: "The MES's door. The same Idempotency-Key with the same body gets the first answer again.",
  })
  @Post()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'one value a job, quoted or bare; kept 30 days',
    example: '"8e03978e-40d5-43dd-bc93-6894a57f9324"',
  })
  @Created(Job, ({ id }) => ['jobs', id], {
    'Idempotency-Replayed': {
      description: 'true: the first answer to this key again',
      schema: { type: 'string', enum: ['true'] },
    },
  })
  @MayAnswer(
    'idempotency-key-invalid',
    'idempotency-key-required',
    'idempotency-in-progress',
    'idempotency-key-reused',
    'work-order-ended',
    'serial-busy',
    'serial-passed',
    'recipe-retired',
    'recipe-not-released',
    'ambiguous',
    'image-does-not-fit',
    'image-unreadable',
    'queue-full',
    'not-stored',
  )
  async createJob(
    @Body({ schema: CreateJob }) body: CreateJob,
    @Headers('idempotency-key') header: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Job> {
    const asked = await idempotentRequest(header, {
      method: 'POST',
      path: '/api/v1/jobs',
      body: request.body as unknown,
      caller: callerNow().actor,
    });
    const { job, status, replayed } = await this.door.accept(body, asked);
    response.status(status);
    if (replayed) response.setHeader('Idempotency-Replayed', 'true');
    else this.dispatcher.dispatch();
    return job;
  }

  @ApiOperation({ summary: 'Jobs, the newest first.' })
  @Get()
  @ListRoute(Job)
  listJobs(@Query({ schema: JobQuery }) query: JobQuery) {
    return this.jobs.list(query);
  }

  @ApiOperation({
    summary: 'One job with its counts; ask until its state is completed, or follow the events.',
  })
  @Get(':id')
  @ApiOkResponse({ standardSchema: Job })
  getJob(@Param('id') id: string): Promise<Job> {
    return this.jobs.get(id);
  }

  @ApiOperation({ summary: 'The runs of a job, the newest first: what was done to each board.' })
  @Get(':id/runs')
  @ListRoute(Run)
  async listJobRuns(@Param('id') id: string, @Query({ schema: ListQuery }) query: ListQuery) {
    await this.jobs.get(id);
    return this.runs.list({ job: id, ...query });
  }

  @ApiOperation({ summary: 'Ends it: what waits is cancelled, what runs is stopped.' })
  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  @MayAnswer('wrong-state')
  async cancelJob(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<Job> {
    const job = await this.jobs.act(id, 'cancel', body?.reason);
    this.dispatcher.stopJob(id);
    return job;
  }

  @ApiOperation({
    summary: 'No further board of it starts until it is released; those at work are finished.',
  })
  @Post(':id/hold')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  @MayAnswer('wrong-state')
  holdJob(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<Job> {
    return this.jobs.act(id, 'hold', body?.reason);
  }

  @ApiOperation({ summary: 'Ends a hold.' })
  @Post(':id/release')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  @MayAnswer('wrong-state', 'recipe-retired')
  async releaseJob(@Param('id') id: string, @Body({ schema: ActionBody }) body: ActionBody): Promise<Job> {
    const job = await this.jobs.act(id, 'release', body?.reason);
    this.dispatcher.dispatch();
    return job;
  }
}
