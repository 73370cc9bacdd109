/** The widest cell, in characters: two of them fit into a table. */
const WIDEST_CELL = 48;
/** RFC 3339 in UTC with the fraction of a second, which people do not need. */
const INSTANT = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})\.\d+Z$/;

interface Shared {
  readonly count: number;
  readonly of: number;
  readonly share: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

/** A value as a cell of a table for people; programs take it from JSON or CSV. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return '-';
  if (typeof value === 'number') return numberOf(value);
  if (typeof value === 'string') return shortened(value.replace(INSTANT, '$1Z'));
  if (typeof value !== 'object' || Array.isArray(value)) return shortened(JSON.stringify(value));
  if ('of' in value && 'share' in value) return shareOf(value as Shared);
  return partsOf(Object.entries(value));
}

function numberOf(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(4)));
}

/** A share as `97/100 97.0 % (91.5 to 99.0)`, never without its n. */
function shareOf({ count, of, share, low, high }: Shared): string {
  if (share === null) return `${count}/${of}`;
  const percent = (part: number): string => (part * 100).toFixed(1);
  const interval = low == null || high == null ? '' : ` (${percent(low)} to ${percent(high)})`;
  return `${count}/${of} ${percent(share)} %${interval}`;
}

/** Names with their values, such as `FAIL 3, ERROR 1`, without those of 0; those that do not fit are counted. */
function partsOf(entries: readonly (readonly [string, unknown])[]): string {
  const parts = entries.filter(([, part]) => part !== 0).map(([name, part]) => `${name} ${shown(part)}`);
  if (parts.length === 0) return '-';
  for (let most = parts.length; most > 0; most--) {
    const more = parts.length - most;
    const text = `${parts.slice(0, most).join(', ')}${more === 0 ? '' : ` and ${more} more`}`;
    if (text.length <= WIDEST_CELL) return text;
  }
  return shortened(parts.join(', '));
}

/** Without its middle where it is too wide: names often differ at their end. */
function shortened(text: string): string {
  if (text.length <= WIDEST_CELL) return text;
  const end = Math.floor((WIDEST_CELL - 1) / 2);
  return `${text.slice(0, WIDEST_CELL - 1 - end)}…${text.slice(-end)}`;
}
