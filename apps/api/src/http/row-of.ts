import type { ExecutionContext } from '@nestjs/common';
import type { RouteRow } from '../routes/row.ts';

/** Where `@Route` keeps the row of a handler. */
export const ROW = 'boardwalk:row';

/** The row of the handler that answers; none for a handler without `@Route`. */
export function rowOf(context: ExecutionContext): RouteRow | undefined {
  return Reflect.getMetadata(ROW, context.getHandler()) as RouteRow | undefined;
}
