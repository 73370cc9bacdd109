import type { Database, Statement } from 'better-sqlite3';

export interface MeasuredRow {
  readonly runId: string;
  readonly name: string;
  readonly value: number;
}

const SQL = `
  SELECT s."runId" AS runId, m.value ->> 'name' AS name, m.value ->> 'value' AS value
  FROM "RunStep" s JOIN json_each(s."measurements") m
  WHERE s."runId" IN (SELECT value FROM json_each(?))
  ORDER BY s."runId", s."index", m.key`;

/** What the steps of some runs measured. */
export class MeasuredValues {
  readonly #statement: Statement<[string], MeasuredRow>;

  constructor(file: Database) {
    this.#statement = file.prepare<[string], MeasuredRow>(SQL);
  }

  of(runs: readonly string[]): MeasuredRow[] {
    return this.#statement.all(JSON.stringify(runs));
  }
}
