import { Prisma } from '../../persistence/gen/client.ts';

/**
 * Conditions that columns of a table have the values of filters; an empty filter is for rows that have no such value.
 * @param columns filter → column
 */
export function equal(
  table: string,
  columns: Readonly<Record<string, string>>,
  filters: object,
): Prisma.Sql[] {
  return Object.entries(columns).flatMap(([filter, name]) => {
    const value = (filters as Readonly<Record<string, string | undefined>>)[filter];
    const column = Prisma.raw(`${table}."${name}"`);
    if (value === undefined) return [];
    return [value === '' ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`];
  });
}
