import type { Job } from '@boardwalk/contracts';
import { Controller, Headers, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { callerNow } from '../events/caller.ts';
import { Dispatcher } from '../jobs/dispatcher.ts';
import { idempotentRequest } from '../jobs/idempotency-key.ts';
import { JobBook } from '../jobs/job-book.ts';
import { JobDoor } from '../jobs/job-door.ts';
import { JOBS } from '../routes/jobs.ts';
import type { TakenBy } from '../routes/row.ts';
import { RunBook } from '../runs/run-book.ts';
import { Route } from './route.ts';
import { Taken } from './taken.ts';

@Controller()
export class JobsController {
  constructor(
    private readonly door: JobDoor,
    private readonly jobs: JobBook,
    private readonly dispatcher: Dispatcher,
    private readonly runs: RunBook,
  ) {}

  @Route(JOBS.createJob)
  async createJob(
    @Taken() { body }: TakenBy<typeof JOBS.createJob>,
    @Headers('idempotency-key') header: string | undefined,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Job> {
    const asked = await idempotentRequest(header, {
      method: JOBS.createJob.method,
      path: JOBS.createJob.path,
      body: request.body as unknown,
      caller: callerNow().actor,
    });
    const { job, status, replayed } = await this.door.accept(body, asked);
    response.status(status);
    if (replayed) response.setHeader('Idempotency-Replayed', 'true');
    else this.dispatcher.dispatch();
    return job;
  }

  @Route(JOBS.listJobs)
  listJobs(@Taken() { query }: TakenBy<typeof JOBS.listJobs>) {
    return this.jobs.list(query);
  }

  @Route(JOBS.getJob)
  getJob(@Taken() { params }: TakenBy<typeof JOBS.getJob>): Promise<Job> {
    return this.jobs.get(params.id);
  }

  @Route(JOBS.listJobRuns)
  async listJobRuns(@Taken() { params: { id }, query }: TakenBy<typeof JOBS.listJobRuns>) {
    await this.jobs.get(id);
    return this.runs.list({ job: id, ...query });
  }

  @Route(JOBS.cancelJob)
  async cancelJob(@Taken() { params: { id }, body }: TakenBy<typeof JOBS.cancelJob>): Promise<Job> {
    const job = await this.jobs.act(id, 'cancel', body?.reason);
    this.dispatcher.stopJob(id);
    return job;
  }

  @Route(JOBS.holdJob)
  holdJob(@Taken() { params, body }: TakenBy<typeof JOBS.holdJob>): Promise<Job> {
    return this.jobs.act(params.id, 'hold', body?.reason);
  }

  @Route(JOBS.releaseJob)
  async releaseJob(@Taken() { params, body }: TakenBy<typeof JOBS.releaseJob>): Promise<Job> {
    const job = await this.jobs.act(params.id, 'release', body?.reason);
    this.dispatcher.dispatch();
    return job;
  }
}
