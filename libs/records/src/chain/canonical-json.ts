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

/** Elements of a list that make one part. */
const PART_ITEMS = 250;

/** The same text in parts, so that a long list in an object does not come at once. */
export function* canonicalParts(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield canonicalJson(value);
    return;
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  // By UTF-16 code units, as RFC 8785 §3.2.3 orders them.
  members.sort(([a], [b]) => (a < b ? -1 : 1));
  let before = '{';
  for (const [key, member] of members) {
    yield `${before}${canonicalJson(key)}:`;
    if (Array.isArray(member)) yield* listParts(member);
    else yield canonicalJson(member);
    before = ',';
  }
  yield members.length === 0 ? '{}' : '}';
}

function* listParts(list: readonly unknown[]): Generator<string> {
  yield '[';
  for (let from = 0; from < list.length; from += PART_ITEMS) {
    const items = canonicalJson(list.slice(from, from + PART_ITEMS)).slice(1, -1);
    yield from === 0 ? items : `,${items}`;
  }
  yield ']';
}
