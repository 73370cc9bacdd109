/** The runs that a report is about. A filter that is null is for runs that have no such value. */
export interface RowFilter {
  readonly from: string | null;
  readonly to: string | null;
  readonly recipe?: string | null | undefined;
  readonly recipeRevision?: number | undefined;
  readonly workOrder?: string | null | undefined;
  readonly lot?: string | null | undefined;
  readonly supplier?: string | null | undefined;
  readonly slot?: string | null | undefined;
  readonly operator?: string | null | undefined;
  readonly probeSerial?: string | null | undefined;
  /** Ids that the images have now. */
  readonly images?: readonly string[] | undefined;
}

/** Filters → columns of a run. */
export const FILTER_COLUMNS = {
  ...{ recipe: 'recipeName', recipeRevision: 'recipeRevision', workOrder: 'workOrder', lot: 'lot' },
  ...{ supplier: 'supplier', slot: 'slot', operator: 'operator', probeSerial: 'probeSerial' },
} as const satisfies Partial<Record<keyof RowFilter, string>>;

interface Condition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The conditions on a run, but for its time. */
export function conditionOf(filter: RowFilter): Condition {
  const parts: string[] = [];
  const values: (string | number)[] = [];
  for (const [name, column] of Object.entries(FILTER_COLUMNS)) {
    const value = filter[name as keyof typeof FILTER_COLUMNS];
    if (value === undefined) continue;
    parts.push(value === null ? `r."${column}" IS NULL` : `r."${column}" = ?`);
    if (value !== null) values.push(value);
  }
  if (filter.images) {
    parts.push(`coalesce(a."image", r."imageSha256") IN (${filter.images.map(() => '?').join()})`);
    values.push(...filter.images);
  }
  return { sql: parts.map((part) => ` AND ${part}`).join(''), values };
}
