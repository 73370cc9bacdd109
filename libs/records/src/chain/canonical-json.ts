import { configure } from 'safe-stable-stringify';

const stringify = configure({ strict: true, bigint: false, circularValue: Error });

/**
 * JSON in the one form of RFC 8785 (JCS): no blanks, keys by their UTF-16 code units, numbers and strings as
 * ECMAScript writes them. Members that are undefined are left out, as JSON does.
 * @throws Error for what JSON cannot say (NaN, a bigint, a cycle)
 */
export function canonicalJson(value: unknown): string {
  const text = stringify(value);
  if (text === undefined) throw new TypeError('There is no JSON for this value.');
  return text;
}
