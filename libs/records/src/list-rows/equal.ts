import { raw, sql, type Fragment } from './fragment.ts';

/**
 * Conditions that columns of a table have the values of filters; an empty filter is for rows that have no such value.
 * @param columns filter → column
 */
export function equal(table: string, columns: Readonly<Record<string, string>>, filters: object): Fragment[] {
  return Object.entries(columns).flatMap(([filter, name]) => {
    const value = (filters as Readonly<Record<string, string | undefined>>)[filter];
    const column = raw(`${table}."${name}"`);
    if (value === undefined) return [];
    return [value === '' ? sql`${column} IS NULL` : sql`${column} = ${value}`];
  });
}
