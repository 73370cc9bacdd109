import type { Fragment } from '@boardwalk/records';
import { Prisma } from '../persistence/gen/client.ts';

/** A part of a statement of the records library, for a query of the database client. */
export function prismaSql({ text, values }: Fragment): Prisma.Sql {
  return Prisma.sql(text.split('?'), ...values);
}
