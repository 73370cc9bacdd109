/** The boards that the report of identities is about, by runs that read them. */
export interface CloneFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly recipe?: string | undefined;
  readonly workOrder?: string | undefined;
  readonly lot?: string | undefined;
  readonly supplier?: string | undefined;
  readonly slot?: string | undefined;
  /** Runs of a virtual bench alone, or of a real one; undefined: both. */
  readonly virtual?: boolean | undefined;
}

const COLUMNS = {
  ...{ recipe: 'recipeName', workOrder: 'workOrder', lot: 'lot', supplier: 'supplier', slot: 'slot' },
} as const satisfies Partial<Record<keyof CloneFilter, string>>;

/** What a run must have to count: it read an identity, ended, is of no reference board, and fits the filter. */
export function conditionOf(run: string, filter: CloneFilter): { sql: string; values: (string | number)[] } {
  const parts = ['verdict', 'outcome', 'board'].map((column) => `${run}."${column}" IS NOT NULL`);
  parts.push(`${run}."reference" IS NULL`);
  const values: (string | number)[] = [];
  const must = (sql: string, value: string | number): void => {
    parts.push(sql);
    values.push(value);
  };
  if (filter.from !== null) must(`${run}."startedAt" >= ?`, filter.from);
  if (filter.to !== null) must(`${run}."startedAt" < ?`, filter.to);
  if (filter.virtual !== undefined) must(`${run}."virtual" = ?`, Number(filter.virtual));
  for (const [name, column] of Object.entries(COLUMNS)) {
    const value = filter[name as keyof typeof COLUMNS];
    if (value !== undefined) must(`${run}."${column}" = ?`, value);
  }
  return { sql: parts.join(' AND '), values };
}
