import type { RefusalCode } from '@boardwalk/contracts';
import type { z } from 'zod';
import type { RouteRule } from '../accounts/permissions.ts';
import type { Answer, Media } from './answer.ts';

/** A request header that the handler reads itself, as OpenAPI describes it. */
export interface HeaderParameter {
  readonly name: string;
  readonly description: string;
  readonly example?: string;
}

/** Everything about one route, but for the code that answers it. */
export interface RouteParts {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With the names of its parameters as `:name`. */
  readonly path: `/${string}`;
  /** One sentence or two: the summary of the operation in the document. */
  readonly summary: string;
  /** The permission that the route takes. */
  readonly may: RouteRule;
  /** The parameters of the path, where one of them is more than text. */
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly headers?: readonly HeaderParameter[];
  /** The JSON body. */
  readonly body?: z.ZodType;
  /** A body other than JSON, which the handler reads itself. */
  readonly media?: Media;
  /** The largest body in bytes; `USUAL_BODY_BYTES` by default. */
  readonly bodyBytes?: number;
  /** The first is the usual one. */
  readonly answers: Answer | readonly [Answer, ...Answer[]];
  /** The problem codes of this route, next to those that its shape implies. */
  readonly refuses?: readonly RefusalCode[];
}

/** A row of the table of routes. */
export interface RouteRow extends RouteParts {
  /** The name of the operation: of its method in the controller, and in generated clients. */
  readonly operationId: string;
  /** The group in the document; null: not in the document. */
  readonly tag: string | null;
}

type Resource<Rows extends Readonly<Record<string, RouteParts>>> = {
  readonly [Id in keyof Rows]: Rows[Id] & Pick<RouteRow, 'operationId' | 'tag'>;
};

/** The rows of one resource, each under the name of its operation. */
export function resource<const Rows extends Readonly<Record<string, RouteParts>>>(
  tag: string | null,
  rows: Rows,
): Resource<Rows> {
  const entries = Object.entries(rows).map(([operationId, parts]) => [
    operationId,
    { ...parts, operationId, tag },
  ]);
  return Object.fromEntries(entries) as Resource<Rows>;
}

/** All answers of a row, the usual one first. */
export function answersOf({ answers }: RouteParts): readonly [Answer, ...Answer[]] {
  return Array.isArray(answers) ? (answers as readonly [Answer, ...Answer[]]) : [answers as Answer];
}

/** The names of the parameters in a path. */
export const namesIn = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name!);

type NamesIn<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | NamesIn<`/${Rest}`>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/** The parts of a request after they were validated by its row. */
export interface TakenBy<Row extends RouteParts> {
  readonly params: Row extends { readonly params: infer Params extends z.ZodType }
    ? z.output<Params>
    : { readonly [Name in NamesIn<Row['path']>]: string };
  readonly query: Row extends { readonly query: infer Query extends z.ZodType } ? z.output<Query> : undefined;
  readonly body: Row extends { readonly body: infer Body extends z.ZodType } ? z.output<Body> : undefined;
}
