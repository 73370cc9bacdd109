/** The fixture as an engineer drew it: rows of slots, null where there is none. */
export type Layout = readonly (readonly (string | null)[])[];

/** Columns of the bench, and its cells row by row; null is a gap. */
export interface Grid {
  readonly columns: number;
  /** Columns where the bench is higher than wide; a drawn fixture keeps its own. */
  readonly portraitColumns: number;
  readonly cells: readonly (string | null)[];
}

/** Slots up to which a bench has so many columns; few slots are one row. */
const COLUMNS: readonly (readonly [slots: number, columns: number])[] = [
  [16, 4],
  [24, 6],
  [40, 8],
  [Number.POSITIVE_INFINITY, 10],
];
const ONE_ROW = 4;
const PORTRAIT = 4;

/** Places every slot once, and never in another cell than before while the slots are the same. */
export function gridOf(slots: readonly string[], layout: Layout | null): Grid {
  if (layout !== null) return drawn(slots, layout);
  const columns =
    slots.length <= ONE_ROW ? Math.max(1, slots.length) : COLUMNS.find(([most]) => slots.length <= most)![1];
  return { columns, portraitColumns: Math.min(columns, PORTRAIT), cells: slots };
}

/** A slot that the drawing does not have, of a probe that was plugged in since, is in a row of its own. */
function drawn(slots: readonly string[], layout: Layout): Grid {
  const columns = Math.max(1, ...layout.map((row) => row.length));
  const known = new Set(slots);
  const cells = layout.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => {
      const name = row[column] ?? null;
      return name !== null && known.delete(name) ? name : null;
    }),
  );
  return { columns, portraitColumns: columns, cells: [...cells, ...slots.filter((name) => known.has(name))] };
}
