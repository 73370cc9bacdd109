import type { RowFilter } from './filter.ts';

/** The filters that codes and runs both have. */
export type LedgerFilter = Pick<RowFilter, 'from' | 'to' | 'workOrder' | 'operator'>;

/** Filters → the columns of a scan `s` and of a run `r`. */
const COLUMNS = {
  s: { workOrder: 'workOrder', operator: 'account' },
  r: { workOrder: 'workOrder', operator: 'operator' },
} as const;

/** What a row of this alias must have to fit, its time apart; a filter that is null is for rows without such a value. */
export function ledgerCondition(
  table: keyof typeof COLUMNS,
  filter: LedgerFilter,
): { readonly sql: string; readonly values: readonly string[] } {
  const parts: string[] = [];
  const values: string[] = [];
  for (const name of ['workOrder', 'operator'] as const) {
    const value = filter[name];
    if (value === undefined) continue;
    const column = `${table}."${COLUMNS[table][name]}"`;
    parts.push(value === null ? ` AND ${column} IS NULL` : ` AND ${column} = ?`);
    if (value !== null) values.push(value);
  }
  return { sql: parts.join(''), values };
}
