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
import { ApiCreatedResponse } from '@nestjs/swagger';
import type { Response } from 'express';
import { tap, type Observable } from 'rxjs';
import type { z } from 'zod';

const PLACE = 'boardwalk:place-of-what-was-made';

type PlaceOf = (made: never) => readonly (string | number)[];

/**
 * 201 with what was made, and `Location`: where it is from now on (RFC 9110 §15.3.2).
 * @param placeOf gives the path's parts
 * @param headers that the answer may carry beside it, as the document says them
 */
export function Created<Schema extends z.ZodType>(
  schema: Schema,
  placeOf: (made: z.output<Schema>) => readonly (string | number)[],
  headers: Readonly<Record<string, { description: string; schema: { type: string; enum?: string[] } }>> = {},
): MethodDecorator {
  return applyDecorators(
    SetMetadata(PLACE, placeOf),
    UseInterceptors(PlaceOfWhatWasMade),
    ApiCreatedResponse({
      standardSchema: schema,
      headers: { Location: { description: 'where it is', schema: { type: 'string' } }, ...headers },
    }),
  );
}

@Injectable()
class PlaceOfWhatWasMade implements NestInterceptor {
  constructor(private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler<never>): Observable<unknown> {
    const response = context.switchToHttp().getResponse<Response>();
    const placeOf = this.reflector.get<PlaceOf>(PLACE, context.getHandler());
    return next.handle().pipe(
      tap((made) => {
        const parts = placeOf(made).map((part) => encodeURIComponent(part));
        response.setHeader('Location', `/api/v1/${parts.join('/')}`);
      }),
    );
  }
}
