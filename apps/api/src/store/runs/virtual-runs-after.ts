import type { Reader } from '../../persistence/database.ts';

/** A part of the runs: its rows, those of a virtual bench among them, and the place of the last one (SQLite's row id). */
export interface RunsCounted {
  readonly rows: number;
  readonly virtual: number;
  readonly last: number;
}

/** Counts the runs after a place, `most` at most. By the row id: the cost is that of the rows counted. */
export async function virtualRunsAfter(reader: Reader, place: number, most: number): Promise<RunsCounted> {
  const [row] = await reader.$queryRaw<Record<'rows' | 'runs' | 'last', number | bigint | null>[]>`
      SELECT COUNT(*) AS rows, SUM("virtual") AS runs, MAX(place) AS last FROM
        (SELECT "virtual", rowid AS place FROM "Run" WHERE rowid > ${place}
         ORDER BY rowid LIMIT ${most})`;
  return { rows: Number(row?.rows ?? 0), virtual: Number(row?.runs ?? 0), last: Number(row?.last ?? place) };
}
