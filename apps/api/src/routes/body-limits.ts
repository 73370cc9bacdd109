import { rowAt } from './route-rules.ts';

/** Largest body of a route whose row names none: an action, an order. */
export const USUAL_BODY_BYTES = 64 * 1024;

const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** Largest body of a route; 0 where it takes none. */
export function bodyLimitOf(method: string, pattern: string): number {
  return WITHOUT_BODY.has(method) ? 0 : (rowAt(method, pattern)?.bodyBytes ?? USUAL_BODY_BYTES);
}
