import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, type Observable } from 'rxjs';
import { Generations } from '../events/generations.ts';
import type { Page } from '../lists/cursor.ts';
import { answersOf } from '../routes/row.ts';
import { rowOf } from './row-of.ts';

/** RFC 8288: where a list goes on; and of which generation of the record it is. */
@Injectable()
export class ListLink implements NestInterceptor {
  constructor(private readonly generations: Generations) {}

  intercept(context: ExecutionContext, next: CallHandler<Page<unknown>>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const parameter = answersOf(rowOf(context)!)[0].next!;
    const generation = this.generations.current;
    return next.handle().pipe(
      map((page) => {
        if (page.nextCursor === null) return { ...page, generation };
        const url = new URL(response.req.originalUrl, 'http://station');
        url.searchParams.set(parameter, page.nextCursor);
        if (parameter === 'after') url.searchParams.set('generation', generation);
        response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
        return { ...page, generation };
      }),
    );
  }
}
