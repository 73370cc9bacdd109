import type { Database, Statement } from 'better-sqlite3';

export interface StepRow {
  readonly runId: string;
  readonly step: string;
  readonly durationMs: number;
}

const SQL = `
  SELECT "runId", "step", "durationMs" FROM "RunStep"
  WHERE "runId" IN (SELECT value FROM json_each(?)) AND "state" = 'passed' AND "durationMs" IS NOT NULL
  ORDER BY "runId", "index"`;

/** The steps that passed, of some runs. */
export class StepTimes {
  readonly #statement: Statement<[string], StepRow>;

  constructor(file: Database) {
    this.#statement = file.prepare<[string], StepRow>(SQL);
  }

  of(runs: readonly string[]): StepRow[] {
    return this.#statement.all(JSON.stringify(runs));
  }
}
