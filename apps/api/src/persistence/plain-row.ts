/** A row of a raw query as the client gives rows: whole numbers come as bigint where SQLite does not name their type. */
export function plainRow<Row extends object>(row: object): Row {
  const cells = Object.entries(row).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'bigint' ? Number(value) : value,
  ]);
  return Object.fromEntries(cells) as Row;
}
