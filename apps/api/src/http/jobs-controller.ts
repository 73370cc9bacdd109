import { CreateJob, Job, JobState, ListQuery, listOf, Run } from '@boardwalk/contracts';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { z } from 'zod';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { JobBook } from '../jobs/job-book.ts';
import { RunRecords } from '../runs/run-records.ts';
import { idempotentRequest } from './idempotency-key.ts';
import { linkNext } from './links.ts';

const JobQuery = ListQuery.extend({ state: JobState.optional() });

@ApiTags('jobs')
@ApiBearerAuth()
@Controller('api/v1/jobs')
export class JobsController {
  constructor(
    private readonly jobs: JobBook,
    private readonly dispatcher: Dispatcher,
    private readonly runs: RunRecords,
  ) {}

  /** The MES's door. The same `Idempotency-Key` with the same body gets the first answer again. */
  @Post()
  @ApiHeader({ name: 'Idempotency-Key', required: false })
  @ApiCreatedResponse({ standardSchema: Job })
  async create(
    @Body({ schema: CreateJob }) body: CreateJob,
    @Headers('idempotency-key') header: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Job> {
    const { job, replayed } = await this.jobs.create(body, idempotentRequest(header, '/api/v1/jobs', body));
    response.setHeader('Location', job.links.self);
    if (replayed) response.setHeader('Idempotency-Replayed', 'true');
    this.dispatcher.dispatch();
    return job;
  }

  @Get()
  @ApiOkResponse({ standardSchema: listOf(Job) })
  async list(
    @Query({ schema: JobQuery }) query: z.infer<typeof JobQuery>,
    @Res({ passthrough: true }) response: Response,
  ) {
    const page = await this.jobs.list(query.state, query.limit, query.cursor);
    linkNext(response, page.nextCursor);
    return page;
  }

  @Get(':id')
  @ApiOkResponse({ standardSchema: Job })
  get(@Param('id') id: string): Promise<Job> {
    return this.jobs.get(id);
  }

  @Get(':id/runs')
  @ApiOkResponse({ standardSchema: listOf(Run) })
  async runsOf(
    @Param('id') id: string,
    @Query({ schema: ListQuery }) query: ListQuery,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.jobs.get(id);
    const page = await this.runs.list({ jobId: id }, query.limit, query.cursor);
    linkNext(response, page.nextCursor);
    return page;
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  async cancel(@Param('id') id: string): Promise<Job> {
    const job = await this.jobs.act(id, 'cancel');
    this.dispatcher.stopJob(id);
    return job;
  }

  @Post(':id/hold')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  hold(@Param('id') id: string): Promise<Job> {
    return this.jobs.act(id, 'hold');
  }

  @Post(':id/release')
  @HttpCode(200)
  @ApiOkResponse({ standardSchema: Job })
  async release(@Param('id') id: string): Promise<Job> {
    const job = await this.jobs.act(id, 'release');
    this.dispatcher.dispatch();
    return job;
  }
}
