import { stringify } from 'csv-stringify/sync';

/** Columns of digits that a spreadsheet would turn into numbers, or `1-2` into a date. */
const TEXTS = /(^|\.)(serial|serials|uid|port|portPath|probeSerial|lot|workOrder|key|slot|id)$/;
const BYTE_ORDER_MARK = '\ufeff';

type Cells = Map<string, string | number | boolean>;

/**
 * CSV that a spreadsheet opens as it is: a byte order mark, serials and ports as text (`="00012"`), and a column for
 * each part of what is nested. A row without a part has an empty cell.
 * @param columns that come first, in their order
 */
export function excelOf(columns: readonly (readonly string[])[], items: readonly unknown[]): string {
  const rows = items.map((item) => flat(item, columns));
  const names = new Set<string>();
  for (const [index, way] of columns.entries()) {
    const name = way.join('.');
    const parts = rows.flatMap((row) => [...row[index]!.keys()]);
    for (const part of parts.length > 0 ? parts : [name]) names.add(part);
  }
  const cells = rows.map((row) => {
    const all = new Map(row.flatMap((part) => [...part]));
    return [...names].map((name) => cellOf(name, all.get(name)));
  });
  const table = stringify([[...names], ...cells], {
    record_delimiter: '\r\n',
    escape_formulas: false,
    cast: { boolean: (value) => String(value) },
  });
  return BYTE_ORDER_MARK + table;
}

/** For each column its cells: one, or one for each part. */
function flat(item: unknown, columns: readonly (readonly string[])[]): Cells[] {
  return columns.map((way) => {
    const cells: Cells = new Map();
    let value = item;
    for (const name of way) value = (value as Record<string, unknown> | null | undefined)?.[name];
    put(cells, way.join('.'), value);
    return cells;
  });
}

function put(cells: Cells, name: string, value: unknown): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    const plain = value.every((part) => typeof part !== 'object');
    cells.set(name, plain ? value.join(' ') : JSON.stringify(value));
  } else if (typeof value === 'object') {
    for (const [part, inner] of Object.entries(value)) put(cells, `${name}.${part}`, inner);
  } else cells.set(name, value as string | number | boolean);
}

/** Text that begins as a formula is shown as text, and so are digits that are no number. */
function cellOf(
  name: string,
  value: string | number | boolean | undefined,
): string | number | boolean | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') return value;
  const asText = TEXTS.test(name) && /^[\d.,:+ -]+$/.test(value);
  return asText || /^[=+@\t\r-]/.test(value) ? `="${value.replaceAll('"', '""')}"` : value;
}
