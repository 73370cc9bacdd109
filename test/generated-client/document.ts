import { readFileSync } from 'node:fs';
import { DOCUMENT } from './generate.ts';

export interface Media {
  readonly schema?: object;
  readonly example?: unknown;
}
export interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { name: string; in: string; example?: unknown }[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, { readonly content?: Record<string, Media> }>;
}
interface Document {
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, object> };
}

export interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** The committed document, and its operations. */
export const document = JSON.parse(readFileSync(DOCUMENT, 'utf8')) as Document;
export const routes: readonly Route[] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** Which operation a request is of: the one with most of its path written out. */
export function routeOf(method: string, pathname: string): Route | undefined {
  const parts = pathname.split('/');
  const fits = ({ path }: Route): boolean => {
    const names = path.split('/');
    return (
      names.length === parts.length && names.every((name, at) => name.startsWith('{') || name === parts[at])
    );
  };
  const fixed = ({ path }: Route): number => path.split('/').filter((name) => !name.startsWith('{')).length;
  return routes
    .filter((route) => route.method === method && fits(route))
    .sort((one, other) => fixed(other) - fixed(one))[0];
}
