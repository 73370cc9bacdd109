import type { RouteRule } from '../accounts/permissions.ts';
import { ROUTES } from './index.ts';
import type { RouteRow } from './row.ts';

const nameOf = ({ method, path }: RouteRow): string => `${method} ${path}`;

const ROWS: ReadonlyMap<string, RouteRow> = new Map(ROUTES.map((row) => [nameOf(row), row]));

/** "METHOD /path" of each route → the permission that it takes. */
export const ROUTE_RULES: Readonly<Record<string, RouteRule>> = Object.fromEntries(
  ROUTES.map((row) => [nameOf(row), row.may]),
);

/** The row of a route, by method and the path as its row has it. HEAD is answered by the GET of its path. */
export function rowAt(method: string, path: string): RouteRow | undefined {
  return ROWS.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
}

/** The permission that a route takes. A route without a row is for admins alone. */
export function ruleOf(method: string, path: string): RouteRule {
  return rowAt(method, path)?.may ?? 'administer';
}

/** Which methods a path takes, HEAD next to GET; none where nothing is at it. */
export function methodsAt(path: string): string[] {
  const methods = routesAt(path).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)];
}

/** The path, as its row has it, of what answers a request; null where nothing does. */
export function patternOf(method: string, path: string): string | null {
  const asked = method === 'HEAD' ? 'GET' : method;
  return routesAt(path).find((route) => route.method === asked)?.pattern ?? null;
}

interface DeclaredRoute {
  readonly method: string;
  readonly pattern: string;
  /** Of the pattern; null: a parameter. */
  readonly names: readonly (string | null)[];
}

/** Taken apart once: each request is looked up here. */
const DECLARED: readonly DeclaredRoute[] = ROUTES.map(({ method, path }) => {
  const names = path.split('/').map((name) => (name.startsWith(':') ? null : name.toLowerCase()));
  return { method, pattern: path, names };
});

/** In the order of the table: a literal segment is declared before a parameter. */
function routesAt(path: string): DeclaredRoute[] {
  const parts = path.toLowerCase().replace(/\/$/, '').split('/');
  return DECLARED.filter(({ names }) => fits(names, parts));
}

function fits(names: readonly (string | null)[], parts: readonly string[]): boolean {
  return (
    names.length === parts.length &&
    names.every((name, at) => (name === null ? parts[at] !== '' : name === parts[at]))
  );
}
