import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import { answersOf } from '../routes/row.ts';
import { rowOf } from './row-of.ts';

/** `Location` of what was made (RFC 9110 §15.3.2). */
@Injectable()
export class PlaceOfWhatWasMade implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<never>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const [{ placeOf }] = answersOf(rowOf(context)!);
    return next.handle().pipe(
      tap((made) => {
        const parts = placeOf!(made).map((part) => encodeURIComponent(part));
        response.setHeader('Location', `/api/v1/${parts.join('/')}`);
      }),
    );
  }
}
