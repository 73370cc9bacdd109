import type { Database } from 'better-sqlite3';

export interface Plan {
  readonly since: string;
  readonly shifts: readonly { readonly name: string; readonly start: string; readonly end: string }[];
}

const SQL = 'SELECT "since", "shifts" FROM "ShiftPlan" ORDER BY "sequence"';

/** The plant's shifts, the oldest plan first. */
export function shiftPlans(file: Database): Plan[] {
  const rows = file.prepare(SQL).all() as { since: string; shifts: string }[];
  return rows.map(({ since, shifts }) => ({ since, shifts: JSON.parse(shifts) as Plan['shifts'] }));
}
