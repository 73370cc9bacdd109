const KIB = 1024;

/** Largest body of a route that is not named below: an action, an account, an order. */
export const USUAL_BODY_BYTES = 64 * KIB;

/** Route → largest body in bytes, by method and path as in the table of rules. */
const BODY_BYTES: Readonly<Record<string, number>> = {
  // Anyone who reaches the port may send this one.
  'POST /api/v1/sessions': 4 * KIB,
  'POST /api/v1/scans': 4 * KIB,
  'POST /api/v1/accounts': 4 * KIB,
  'PATCH /api/v1/accounts/:name': 4 * KIB,
  'POST /api/v1/accounts/:name/tokens': 4 * KIB,
  // Thousands of units with their own data, or of numbers.
  'POST /api/v1/jobs': 2048 * KIB,
  'POST /api/v1/serial-ranges': 2048 * KIB,
  // An image for the largest F1 in its most verbose form is below this.
  'POST /api/v1/images': 16 * 1024 * KIB,
};

const WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS']);

/** Largest body of a route; 0 where it takes none. */
export function bodyLimitOf(method: string, pattern: string): number {
  return WITHOUT_BODY.has(method) ? 0 : (BODY_BYTES[`${method} ${pattern}`] ?? USUAL_BODY_BYTES);
}
