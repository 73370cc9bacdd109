import { Shows } from '@boardwalk/contracts';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { VIRTUAL_RUNS_HEADER } from '../routes/answer.ts';
import { VirtualRuns } from '../runs/virtual-runs.ts';

/** A list of runs or of their boards: on a USB bench real ones, and a header that says how many virtual runs there are. */
@Injectable()
export class CountVirtualRuns implements NestInterceptor {
  constructor(private readonly virtual: VirtualRuns) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const asked = Shows.safeParse(http.getRequest<Request>().query['virtual']).data;
    if (this.virtual.shown(asked) === 'false')
      http.getResponse<Response>().setHeader(VIRTUAL_RUNS_HEADER, await this.virtual.count());
    return next.handle();
  }
}
