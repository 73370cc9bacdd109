/** Rows looked at in one statement: SQLite works on the event loop, which serves the bench too. */
export const STEP_ROWS = 1000;

/** Below every place in the record: rows without an event, of an earlier version, have negative ones. */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

/** How a list in the record's order is read: its places, and the rows between two of them that fit a filter. */
export interface SteppedList<Row> {
  /** The place of the row that is {@link STEP_ROWS} rows below a place, or null where the list ends before. */
  placeBelow(place: number): Promise<number | null>;
  /** Rows that fit with `from <= place < below`, the newest first. */
  rowsIn(from: number, below: number, take: number): Promise<Row[]>;
}

/**
 * The newest `count` rows below a place that fit a filter, however rare they are: read in steps of bounded work, so that
 * the event loop goes on between them.
 */
export async function readInSteps<Row>(
  list: SteppedList<Row>,
  below: number | null,
  count: number,
): Promise<Row[]> {
  const found: Row[] = [];
  let end: number | null = below ?? Number.MAX_SAFE_INTEGER;
  while (end !== null && found.length < count) {
    const start: number | null = await list.placeBelow(end);
    found.push(...(await list.rowsIn(start ?? BEFORE_ALL, end, count - found.length)));
    end = start;
  }
  return found;
}
