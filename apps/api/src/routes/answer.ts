import { listOf } from '@boardwalk/contracts';
import type { z } from 'zod';

/** The kind of row that a table has: one kind of item, or kinds that share the names of their fields. */
export type Item = z.ZodObject | z.ZodDiscriminatedUnion<z.ZodObject[]>;

/** The query parameter by which a list continues: an opaque cursor, or the last id of a log. */
export type Next = 'cursor' | 'after';

/** Response headers as OpenAPI describes them. */
export type Headers = Readonly<
  Record<string, { readonly description: string; readonly schema: HeaderSchema }>
>;
interface HeaderSchema {
  readonly type: 'string' | 'integer';
  readonly enum?: string[];
}

/** A body that is no JSON: its bytes by media type, each with an example. */
export type Media = Readonly<Record<string, { readonly schema: object; readonly example: string | object }>>;

/** A successful answer of a route: what the document says of it, and what the station adds to it. */
export interface Answer {
  readonly status: 200 | 201 | 204;
  readonly description?: string;
  readonly headers?: Headers;
  /** The JSON body. */
  readonly schema?: z.ZodType;
  /** A body other than JSON. */
  readonly media?: Media;
  /** For `Location`: the parts of the path, after `/api/v1`, of what was made. */
  readonly placeOf?: (made: never) => readonly (string | number)[];
  /** For clients that accept `text/csv`: the rows within the answer, and the item that gives their columns. */
  readonly table?: { readonly item: Item; readonly rowsOf: (answer: never) => readonly unknown[] };
  /** A list: the parameter of its `Link` to the next page. */
  readonly next?: Next;
  /** The list leaves out virtual runs on a USB bench and counts them in a header. */
  readonly leavesOutVirtual?: boolean;
}

/** 200 with one thing. */
export const one = (schema: z.ZodType, description?: string): Answer => ({
  status: 200,
  schema,
  ...(description === undefined ? {} : { description }),
});

/** 204. */
export const nothing: Answer = { status: 204 };

/**
 * 201 with what was made, and `Location` where it is from now on (RFC 9110 §15.3.2).
 * @param placeOf the parts of the path after `/api/v1`
 */
export const made = <Schema extends z.ZodType>(
  schema: Schema,
  placeOf: (made: z.output<Schema>) => readonly (string | number)[],
  headers: Headers = {},
): Answer => ({
  status: 201,
  schema,
  placeOf,
  headers: { Location: { description: 'where it is', schema: { type: 'string' } }, ...headers },
});

/** 201 with something that has no address of its own. */
export const given = (schema: z.ZodType): Answer => ({ status: 201, schema });

/** 200 with an answer that is also a table: JSON, or CSV for clients that accept it. */
export const tabled = <Schema extends z.ZodType>(
  schema: Schema,
  item: Item,
  rowsOf: (answer: z.output<Schema>) => readonly unknown[],
): Answer => ({ status: 200, schema, table: { item, rowsOf } });

interface NextToRows {
  readonly next?: Next;
  /** Members of the answer next to `data`. */
  readonly members?: Readonly<Record<string, z.ZodType>>;
  readonly leavesOutVirtual?: boolean;
}

/** 200 with a page of a list: JSON with a cursor and `Link`, or the same page as CSV. */
export function listed(
  item: Item,
  { next = 'cursor', members = {}, leavesOutVirtual = false }: NextToRows = {},
): Answer {
  const rowsOf = ({ data }: { readonly data: readonly unknown[] }): readonly unknown[] => data;
  return {
    status: 200,
    schema: listOf(item).extend(members),
    table: { item, rowsOf },
    next,
    leavesOutVirtual,
    headers: { Link: LINK, ...(leavesOutVirtual ? { [VIRTUAL_RUNS_HEADER]: VIRTUAL_RUNS } : {}) },
  };
}

const LINK = {
  description: 'RFC 8288: rel="next" when the list goes on',
  schema: { type: 'string' },
} as const;

/** The header that counts the virtual runs which a list leaves out. */
export const VIRTUAL_RUNS_HEADER = 'Boardwalk-Virtual-Runs';
const VIRTUAL_RUNS = {
  description: 'the virtual runs in the record, where the list leaves them out: on a USB bench by default',
  schema: { type: 'integer' },
} as const;
