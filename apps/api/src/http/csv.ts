import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { Item } from '../routes/answer.ts';

/** A column: the way to its value from the item. */
export type Column = readonly string[];

/**
 * The columns of a list, from its item's schema: one a plain value, `a.b` within objects; what repeats is JSON, and so
 * is what differs from kind to kind.
 */
export function columnsOf(item: Item, way: readonly string[] = []): Column[] {
  if (item instanceof z.ZodDiscriminatedUnion)
    return [...new Set(item.options.flatMap(({ shape }) => Object.keys(shape)))].map((name) => [
      ...way,
      name,
    ]);
  return Object.entries(item.shape).flatMap(([name, field]) => {
    const inner = unwrapped(field as z.ZodType);
    return inner instanceof z.ZodObject ? columnsOf(inner, [...way, name]) : [[...way, name]];
  });
}

function unwrapped(field: z.ZodType): z.ZodType {
  if (field instanceof z.ZodNullable || field instanceof z.ZodOptional || field instanceof z.ZodDefault)
    return unwrapped(field.unwrap() as z.ZodType);
  return field;
}

/** RFC 4180, a header line first; cells that a spreadsheet would run as formulas are quoted by an apostrophe. */
export function csvOf(columns: readonly Column[], items: readonly unknown[]): string {
  const rows = items.map((item) => columns.map((way) => cellOf(item, way)));
  return stringify([columns.map((way) => way.join('.')), ...rows], {
    record_delimiter: '\r\n',
    escape_formulas: true,
    cast: { boolean: (value) => String(value) },
  });
}

function cellOf(item: unknown, way: Column): string | number | boolean | null {
  let value = item;
  for (const name of way) value = (value as Record<string, unknown> | null | undefined)?.[name];
  if (value === null || value === undefined) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as string | number | boolean);
}
