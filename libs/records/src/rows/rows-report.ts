/** From where on the rows of a table are held against the record. */
export interface Coverage {
  readonly table: string;
  /** Rows that were there before digests were written: they are covered since the event that sealed them. */
  readonly sealed: number;
}

/** What the check of the covered tables found. */
export interface RowsReport {
  /** The event that sealed the older rows; null: no row is covered yet. */
  readonly sealed: { readonly event: number; readonly at: string; readonly rows: number } | null;
  /** Rows and groups that were held against their digest. */
  readonly checked: number;
  readonly coverage: readonly Coverage[];
  readonly findings: readonly RowFinding[];
  /** All findings, those that are not listed too. */
  readonly found: number;
}

/** A row that is not as the record says. */
export interface RowFinding {
  readonly table: string;
  readonly key: string;
  /** The event that says otherwise. */
  readonly event: number;
  /** `of the run run_01J… (table Run)`: what that event says otherwise, as the rest of a sentence. */
  readonly says: string;
}

/** More are counted and not listed: a file that was made up has one a row. */
const LISTED = 100;

/** Collects findings with the same memory for any number of them. */
export class Findings {
  readonly listed: RowFinding[] = [];
  count = 0;

  add(finding: RowFinding): void {
    this.count += 1;
    if (this.listed.length < LISTED) this.listed.push(finding);
  }

  get full(): boolean {
    return this.listed.length >= LISTED;
  }
}
