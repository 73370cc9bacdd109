import { Role } from '@boardwalk/contracts';
import { ANY_ROLE, OPEN, ROLE_MAY, START_TOKEN_MAY, type RouteRule } from '../accounts/permissions.ts';
import { bodyLimitOf } from './body-limits.ts';
import { ROUTE_RULES } from './route-rules.ts';

/** Callers that the table of docs/SECURITY.md has a column for. */
export const CALLERS = ['nobody', ...Role.options, 'start'] as const;
export type PolicyCaller = (typeof CALLERS)[number];

/** Whether a caller may use a route. */
function may(caller: PolicyCaller, rule: RouteRule): boolean {
  if (rule === OPEN) return true;
  if (caller === 'nobody') return false;
  if (rule === ANY_ROLE) return true;
  return (caller === 'start' ? START_TOKEN_MAY : ROLE_MAY[caller]).includes(rule);
}

/** The table of docs/SECURITY.md: a row for each route, a column for each caller. */
export function policyTable(): string {
  const head = ['route', 'body', ...CALLERS];
  const rows = Object.entries(ROUTE_RULES).map(([route, rule]) => {
    const [method, path] = route.split(' ') as [string, string];
    return [
      `\`${route}\``,
      bytes(bodyLimitOf(method, path)),
      ...CALLERS.map((who) => (may(who, rule) ? '✓' : '')),
    ];
  });
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function bytes(count: number): string {
  if (count === 0) return '';
  return count % 2 ** 20 === 0 ? `${count / 2 ** 20} MiB` : `${count / 1024} KiB`;
}

/** The table as a page has it: route → callers that may. */
export function readPolicy(page: string): Map<string, Set<PolicyCaller>> {
  const [, table = ''] = /<!-- policy -->\n([\s\S]*?)<!-- \/policy -->/.exec(page) ?? [];
  const [head = [], , ...rows] = table
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1),
    );
  return new Map(
    rows.map(([route = '', ...cells]) => [
      route.replaceAll('`', ''),
      new Set(CALLERS.filter((caller) => cells[head.indexOf(caller) - 1] === '✓')),
    ]),
  );
}
