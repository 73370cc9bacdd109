import type { Field, Fields } from './gs1.ts';

/** Whether a code is written as an object of JSON, as some QR labels are. */
export function looksLikeJson(text: string): boolean {
  return /^\{[^]*\}$/.test(text);
}

/** Reads the fields of a JSON object that are texts or whole numbers; their names without case, blanks, `_` and `-`. */
export function readJson(text: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { wrong: 'The code begins as a JSON object and is not one. Scan it again.' };
  }
  const fields = Object.entries(parsed as Record<string, unknown>).flatMap(([name, value]): Field[] => {
    const plain = typeof value === 'string' || Number.isSafeInteger(value);
    return plain
      ? [{ id: name.toLowerCase().replace(/[\s_-]/g, ''), title: name, value: String(value) }]
      : [];
  });
  return { fields };
}
