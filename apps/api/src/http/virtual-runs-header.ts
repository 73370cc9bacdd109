import { Shows } from '@boardwalk/contracts';
import {
  applyDecorators,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import type { Observable } from 'rxjs';
import { VirtualRuns } from '../runs/virtual-runs.ts';

const HEADER = 'Boardwalk-Virtual-Runs';

/** The header as the document describes it. */
export const VIRTUAL_RUNS_HEADER = {
  [HEADER]: {
    description: 'the virtual runs in the record, where the list leaves them out: on a USB bench by default',
    schema: { type: 'integer' },
  },
} as const;

/** A list of runs or of their boards: on a USB bench real ones, and a header that says how many virtual runs there are. */
@Injectable()
export class SaysVirtualRuns implements NestInterceptor {
  constructor(private readonly virtual: VirtualRuns) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const asked = Shows.safeParse(http.getRequest<Request>().query['virtual']).data;
    if (this.virtual.shown(asked) === 'false')
      http.getResponse<Response>().setHeader(HEADER, await this.virtual.count());
    return next.handle();
  }
}

export const LeavesOutVirtual = (): MethodDecorator => applyDecorators(UseInterceptors(SaysVirtualRuns));
