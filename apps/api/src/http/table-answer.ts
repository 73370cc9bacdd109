import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Request, Response } from 'express';
import { map, type Observable } from 'rxjs';
import { answersOf } from '../routes/row.ts';
import { columnsOf, csvOf } from './csv.ts';
import { excelOf } from './excel.ts';
import { rowOf } from './row-of.ts';

/** An answer that is a table for clients that accept `text/csv`. */
@Injectable()
export class TableAnswer implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<never>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const { item, rowsOf } = answersOf(rowOf(context)!)[0].table!;
    return next.handle().pipe(
      map((answer) => {
        response.vary('Accept');
        const excel = request.query['for'] === 'excel';
        if (!excel && request.accepts(['json', 'csv']) !== 'csv') return answer;
        response.type('text/csv; charset=utf-8');
        if (!excel) return csvOf(columnsOf(item), rowsOf(answer));
        const name = new URL(request.originalUrl, 'http://station').pathname.split('/').at(-1);
        response.setHeader('content-disposition', `attachment; filename="${name}.csv"`);
        return excelOf(columnsOf(item), rowsOf(answer));
      }),
    );
  }
}
