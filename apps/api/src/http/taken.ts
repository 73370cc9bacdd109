import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { z } from 'zod';
import { rowOf } from './row-of.ts';
import { validationPipe } from './validation.ts';

/**
 * The parameters, the query and the body of a request, each validated by the row of its route. The parameter's type is
 * `TakenBy<typeof RESOURCE.operation>`.
 * @throws ProblemException 400
 */
export const Taken = createParamDecorator(async (_: unknown, context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<Request>();
  const row = rowOf(context)!;
  return {
    params: row.params ? await valid(row.params, request.params, 'param') : request.params,
    query: row.query && (await valid(row.query, request.query, 'query')),
    body: row.body && (await valid(row.body, request.body, 'body')),
  };
});

const valid = (schema: z.ZodType, value: unknown, type: 'param' | 'query' | 'body'): Promise<unknown> =>
  validationPipe.transform(value, { type, schema });
