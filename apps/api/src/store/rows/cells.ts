type Cell = string | number | boolean | null;
/** One row to be written: its columns by name. Rows of one statement have the same columns. */
export type CellRow = Readonly<Record<string, Cell>>;

/** The names that a statement may contain. They come from code and are checked nevertheless. */
const NAME = /^[A-Za-z]\w*$/;

/** @throws Error for a name of a table or column that is not a plain word */
export function refuseOther(names: readonly string[]): void {
  if (!names.every((name) => NAME.test(name))) throw new Error(`Bad name in ${names[0]}.`);
}

/** Inserts rows of these columns from one JSON text, `?`: a list of cells a row, in the order of the columns. */
export function insertOf(table: string, columns: readonly string[]): string {
  refuseOther([table, ...columns]);
  const names = columns.map((name) => `"${name}"`).join(', ');
  const values = columns.map((_, index) => `json_extract("value", '$[${index}]')`).join(', ');
  return `INSERT INTO "${table}" (${names}) SELECT ${values} FROM json_each(?)`;
}

/** The rows as that JSON text. */
export function asJson(rows: readonly CellRow[]): string {
  const columns = Object.keys(rows[0]!);
  return JSON.stringify(rows.map((row) => columns.map((name) => row[name])));
}
