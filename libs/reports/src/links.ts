import type { ReportWindow } from './window.ts';

type Filters = Readonly<Record<string, string>>;

/** The list of exactly the runs that a number counts. */
export function rowsLink(window: ReportWindow, ...more: readonly Filters[]): string {
  const filters: Record<string, string> = { ...window.filters };
  if (window.from !== null) filters['from'] = window.from;
  if (window.to !== null) filters['to'] = window.to;
  for (const part of more)
    for (const [name, value] of Object.entries(part)) filters[name] = narrower(name, filters[name], value);
  return `/api/v1/runs?${new URLSearchParams(filters).toString()}`;
}

/** A group's time does not leave that of the window. */
function narrower(name: string, had: string | undefined, value: string): string {
  if (had === undefined || (name !== 'from' && name !== 'to')) return value;
  return value > had === (name === 'from') ? value : had;
}
