import { listOf } from '@boardwalk/contracts';
import {
  applyDecorators,
  Injectable,
  SetMetadata,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { z } from 'zod';
import type { Page } from './cursor.ts';
import { columnsOf, csvOf } from './csv.ts';

const ITEM = 'boardwalk:list-item';

/** A list: JSON with a cursor and `Link`, or the same page as a table for whoever accepts `text/csv`. */
export function ListRoute(item: z.ZodObject): MethodDecorator {
  return applyDecorators(
    SetMetadata(ITEM, item),
    UseInterceptors(ListAnswer),
    ApiOkResponse({
      standardSchema: listOf(item),
      headers: {
        Link: { description: 'RFC 8288: rel="next" when the list goes on', schema: { type: 'string' } },
      },
    }),
  );
}

@Injectable()
export class ListAnswer implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<Page<unknown>>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const item = this.reflector.get<z.ZodObject>(ITEM, context.getHandler());
    return next.handle().pipe(
      map((page) => {
        linkNext(response, page.nextCursor);
        response.vary('Accept');
        if (request.accepts(['json', 'csv']) !== 'csv') return page;
        response.type('text/csv; charset=utf-8');
        return csvOf(columnsOf(item), page.data);
      }),
    );
  }
}

/** RFC 8288: where a list goes on. */
function linkNext(response: Response, cursor: string | null): void {
  if (cursor === null) return;
  const url = new URL(response.req.originalUrl, 'http://station');
  url.searchParams.set('cursor', cursor);
  response.setHeader('Link', `<${url.pathname}${url.search}>; rel="next"`);
}
