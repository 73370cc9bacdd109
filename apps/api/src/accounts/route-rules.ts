import type { Permission } from './permissions.ts';

/** Anyone who reaches the port: health, and the login itself. */
export const OPEN = 'open';
/** Whoever is let in, whatever the role. */
export const ANY_ROLE = 'any-role';

export type RouteRule = Permission | typeof OPEN | typeof ANY_ROLE;

/** What is refused while the storage is not ready: it would have to be stored. Stopping and looking always go. */
export const NEW_WORK: ReadonlySet<RouteRule> = new Set<RouteRule>([
  ...(['scan', 'post-jobs', 'upload-images', 'write-recipes'] as const),
  ...(['release-recipes', 'order-work', 'keep-serials', 'decide', 'repair-boards'] as const),
]);

/**
 * Route → what it takes, by method and the path as the controllers declare it. A route that is not here takes
 * `administer`, so a forgotten one is closed; a test names it.
 */
export const ROUTE_RULES: Readonly<Record<string, RouteRule>> = {
  'GET /healthz': OPEN,
  'GET /readyz': OPEN,
  'GET /metrics': 'look',

  'POST /api/v1/sessions': OPEN,
  'GET /api/v1/sessions/current': ANY_ROLE,
  'DELETE /api/v1/sessions/current': ANY_ROLE,
  'GET /api/v1/accounts': 'manage-accounts',
  'POST /api/v1/accounts': 'manage-accounts',
  'GET /api/v1/accounts/:name': 'manage-accounts',
  'PATCH /api/v1/accounts/:name': 'manage-accounts',
  'POST /api/v1/accounts/:name/tokens': 'manage-accounts',
  'DELETE /api/v1/accounts/:name/tokens': 'manage-accounts',
  'POST /api/v1/accounts/:name/revoke': 'manage-accounts',

  'GET /api/v1/station': 'look',
  'GET /api/v1/station/place': 'look',
  'POST /api/v1/station/serials/open': 'administer',
  'POST /api/v1/scans': 'scan',
  'GET /api/v1/scans/current': 'look',
  'GET /api/v1/events': 'look',
  'GET /api/v1/audit': 'read-audit',

  'GET /api/v1/slots': 'look',
  'GET /api/v1/slots/:name': 'look',
  'POST /api/v1/slots/:name/identify': 'use-slots',
  'POST /api/v1/slots/:name/recover': 'use-slots',
  'POST /api/v1/slots/:name/enable': 'set-slots',
  'POST /api/v1/slots/:name/disable': 'set-slots',

  'GET /api/v1/virtual/slots': 'look',
  'GET /api/v1/virtual/profiles': 'look',
  'POST /api/v1/virtual/slots/:name/insert': 'use-slots',
  'POST /api/v1/virtual/slots/:name/remove': 'use-slots',
  'POST /api/v1/virtual/slots/:name/fault': 'use-slots',
  'POST /api/v1/virtual/slots/:name/clear': 'use-slots',

  'POST /api/v1/images': 'upload-images',
  'GET /api/v1/images': 'look',
  'GET /api/v1/images/:id': 'look',
  'GET /api/v1/images/:id/file': 'read-firmware',

  'POST /api/v1/recipes': 'write-recipes',
  'POST /api/v1/recipes/:name/revisions': 'write-recipes',
  'GET /api/v1/recipes': 'look',
  'GET /api/v1/recipes/:name': 'look',
  'GET /api/v1/recipes/:name/revisions/:revision': 'look',
  'POST /api/v1/recipes/:name/revisions/:revision/release': 'release-recipes',
  'POST /api/v1/recipes/:name/revisions/:revision/retire': 'release-recipes',

  'POST /api/v1/work-orders': 'order-work',
  'GET /api/v1/work-orders': 'look',
  'GET /api/v1/work-orders/:id': 'look',
  'POST /api/v1/work-orders/:id/pause': 'order-work',
  'POST /api/v1/work-orders/:id/hold': 'steer-jobs',
  'POST /api/v1/work-orders/:id/release': 'steer-jobs',
  'POST /api/v1/work-orders/:id/close': 'order-work',

  'POST /api/v1/serial-ranges': 'keep-serials',
  'GET /api/v1/serial-ranges': 'look',
  'GET /api/v1/serial-ranges/:name': 'look',
  'GET /api/v1/serial-ranges/:name/serials': 'look',

  'POST /api/v1/jobs': 'post-jobs',
  'GET /api/v1/jobs': 'look',
  'GET /api/v1/jobs/:id': 'look',
  'GET /api/v1/jobs/:id/runs': 'look',
  'POST /api/v1/jobs/:id/cancel': 'steer-jobs',
  'POST /api/v1/jobs/:id/hold': 'steer-jobs',
  'POST /api/v1/jobs/:id/release': 'steer-jobs',

  'GET /api/v1/runs': 'look',
  'GET /api/v1/runs/:id': 'look',
  'GET /api/v1/boards': 'look',
  'GET /api/v1/boards/:id': 'look',
  'POST /api/v1/boards/:id/decision': 'decide',
  'POST /api/v1/lots/:lot/decision': 'decide',
  'POST /api/v1/boards/:id/reference': 'decide',
  'POST /api/v1/boards/:id/repair': 'repair-boards',
  'POST /api/v1/boards/:id/assess': 'look',

  'GET /api/v1/reports/yield': 'report',
};

/** What a route takes. HEAD is answered by the GET of its path. */
export function ruleOf(method: string, path: string): RouteRule {
  return ROUTE_RULES[`${method === 'HEAD' ? 'GET' : method} ${path}`] ?? 'administer';
}

/** Which methods a path takes, HEAD next to GET; none where nothing is at it. */
export function methodsAt(path: string): string[] {
  const methods = routesAt(path).flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  return [...new Set(methods)];
}

/** The path, as its controller declares it, of what answers a request; null where nothing does. */
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
const ROUTES: readonly DeclaredRoute[] = Object.keys(ROUTE_RULES).map((route) => {
  const [method, pattern] = route.split(' ') as [string, string];
  const names = pattern.split('/').map((name) => (name.startsWith(':') ? null : name.toLowerCase()));
  return { method, pattern, names };
});

/** In the order of the table, as the controllers: a literal segment is declared before a parameter. */
function routesAt(path: string): DeclaredRoute[] {
  const parts = path.toLowerCase().replace(/\/$/, '').split('/');
  return ROUTES.filter(({ names }) => fits(names, parts));
}

function fits(names: readonly (string | null)[], parts: readonly string[]): boolean {
  return (
    names.length === parts.length &&
    names.every((name, at) => (name === null ? parts[at] !== '' : name === parts[at]))
  );
}
