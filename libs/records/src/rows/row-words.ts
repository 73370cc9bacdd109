import { COVERED_TABLES } from './covered-tables.ts';

const CALLED = new Map(COVERED_TABLES.map(({ table, called }) => [table, called]));

/** `run run_01J… (table Run)`: a row as a person knows it, and where to find it. */
export function rowInWords(table: string, key: string): string {
  return `${CALLED.get(table) ?? 'row'} ${keyInWords(key)} (table ${table})`;
}

function keyInWords(key: string): string {
  if (!key.startsWith('[')) return key;
  try {
    return (JSON.parse(key) as unknown[]).join(' / ');
  } catch {
    return key;
  }
}
