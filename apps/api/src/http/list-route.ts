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
import { ApiExtension, ApiOkResponse } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { Generations } from '../events/generations.ts';
import type { Page } from '../lists/cursor.ts';
import { columnsOf, csvOf, type Item } from './csv.ts';

const TABLE = 'boardwalk:table';
const NEXT = 'boardwalk:list-next';
/** In the document, until it is complete: the header line of the route's table. */
export const CSV_HEAD = 'x-csv-head';

interface Table<Answer> {
  readonly item: Item;
  readonly rowsOf: (answer: Answer) => readonly unknown[];
}

/** The query parameter by which a list goes on: an opaque cursor, or the last id of a log. */
type Next = 'cursor' | 'after';

/** An answer that is a table for whoever accepts `text/csv`: which of it are the rows, and what one is. */
export function TableRoute<Answer>(item: Item, rowsOf: Table<Answer>['rowsOf']): MethodDecorator {
  return applyDecorators(
    SetMetadata(TABLE, { item, rowsOf }),
    UseInterceptors(TableAnswer),
    ApiExtension(CSV_HEAD, csvOf(columnsOf(item), [])),
  );
}

/** Headers of an answer, as the document describes them. */
type AnswerHeaders = Readonly<
  Record<string, { description: string; schema: { type: 'integer' | 'string' } }>
>;

/** What a list's answer has next to its rows. */
interface NextToRows {
  readonly members?: Readonly<Record<string, z.ZodType>>;
  readonly headers?: AnswerHeaders;
}

/** A list: JSON with a cursor and `Link`, or the same page as a table for whoever accepts `text/csv`. */
export function ListRoute(
  item: Item,
  next: Next = 'cursor',
  { members = {}, headers = {} }: NextToRows = {},
): MethodDecorator {
  return applyDecorators(
    TableRoute<Page<unknown>>(item, ({ data }) => data),
    SetMetadata(NEXT, next),
    UseInterceptors(ListLink),
    ApiOkResponse({
      standardSchema: listOf(item).extend(members),
      headers: {
        Link: { description: 'RFC 8288: rel="next" when the list goes on', schema: { type: 'string' } },
        ...headers,
      },
    }),
  );
}

@Injectable()
export class TableAnswer implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { item, rowsOf } = this.reflector.get<Table<unknown>>(TABLE, context.getHandler());
    return next.handle().pipe(
      map((answer) => {
        response.vary('Accept');
        if (request.accepts(['json', 'csv']) !== 'csv') return answer;
        response.type('text/csv; charset=utf-8');
        return csvOf(columnsOf(item), rowsOf(answer));
      }),
    );
  }
}

/** RFC 8288: where a list goes on; and of which generation of the record it is. */
@Injectable()
export class ListLink implements NestInterceptor {
  constructor(
    private readonly reflector: Reflector,
    private readonly generations: Generations,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Page<unknown>>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const parameter = this.reflector.get<Next>(NEXT, context.getHandler());
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
