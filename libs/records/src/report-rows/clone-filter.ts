import { FILTER_COLUMNS, type RowFilter } from './filter.ts';

/** The boards that the report of identities is about, by runs that read them. A filter that is null is for runs without such a value. */
export interface CloneFilter extends RowFilter {
  /** Runs of a virtual bench alone, or of a real one; undefined: both. */
  readonly virtual?: boolean | undefined;
}

/** A run must have these to count: it read an identity, ended, and is of no reference board. */
const READ = ['verdict', 'outcome', 'board'];

/** The condition on a run of this alias. */
export function conditionOf(run: string, filter: CloneFilter): { sql: string; values: (string | number)[] } {
  const parts = READ.map((column) => `${run}."${column}" IS NOT NULL`);
  parts.push(`${run}."reference" IS NULL`);
  const values: (string | number)[] = [];
  const must = (sql: string, ...more: (string | number)[]): void => {
    parts.push(sql);
    values.push(...more);
  };
  if (filter.from !== null) must(`${run}."startedAt" >= ?`, filter.from);
  if (filter.to !== null) must(`${run}."startedAt" < ?`, filter.to);
  if (filter.virtual !== undefined) must(`${run}."virtual" = ?`, Number(filter.virtual));
  for (const [name, column] of Object.entries(FILTER_COLUMNS)) {
    const value = filter[name as keyof typeof FILTER_COLUMNS];
    if (value === null) must(`${run}."${column}" IS NULL`);
    else if (value !== undefined) must(`${run}."${column}" = ?`, value);
  }
  if (filter.images) {
    const image = `coalesce((SELECT i."image" FROM "ImageAlias" i WHERE i."id" = ${run}."imageSha256"), ${run}."imageSha256")`;
    must(`${image} IN (${filter.images.map(() => '?').join()})`, ...filter.images);
  }
  return { sql: parts.join(' AND '), values };
}
