/** No body that the station takes is nested deeper; one that is does not pass its schema. */
const DEEPEST = 64;

/** Keys of one object; the largest of this API has some dozens. Validators name each one that they do not know. */
export const MOST_KEYS = 10_000;

/** An object or array that is open, and where in it the scan is. */
interface Open {
  /** Null: an array. */
  readonly keys: Set<string> | null;
  /** The member at hand: its key, or its index. */
  at: string | number;
  /** The next string is a key. */
  awaitsKey: boolean;
}

/**
 * The JSON pointer of a key that an object has twice, or null. RFC 8259 leaves open which of both counts, and a reader
 * that takes one drops the other without a word. Text that is no JSON is left to the parser.
 * @throws Error with status 400 where an object has more keys than any that the station takes
 */
export function repeatedKey(text: string): string | null {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const here = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ keys: new Set(), at: '', awaitsKey: true });
        break;
      case '[':
        open.push({ keys: null, at: 0, awaitsKey: false });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (here) goOn(here);
        break;
      case '"': {
        const end = endOfString(text, at);
        if (here?.keys && here.awaitsKey) {
          here.at = keyIn(text.slice(at, end + 1));
          here.awaitsKey = false;
          if (here.keys.size === here.keys.add(here.at).size) return pointerOf(open);
          if (here.keys.size > MOST_KEYS) throw tooWide(open.slice(0, -1));
        }
        at = end;
      }
    }
    if (open.length > DEEPEST) return null;
  }
  return null;
}

function goOn(here: Open): void {
  if (here.keys) here.awaitsKey = true;
  else here.at = Number(here.at) + 1;
}

/** The place of the quote that ends a string; the end of the text where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text[end - 1 - escapes] === '\\') escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

/** Keys are compared as they read: "\u0061" is "a". */
function keyIn(literal: string): string {
  if (!literal.includes('\\')) return literal.slice(1, -1);
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

function tooWide(place: readonly Open[]): Error {
  const where = place.length === 0 ? 'The body' : `The object at ${pointerOf(place)}`;
  return Object.assign(
    new Error(`${where} has more than ${MOST_KEYS} fields. Send only fields of this request.`),
    {
      status: 400,
    },
  );
}

/** RFC 6901. */
function pointerOf(open: readonly Open[]): string {
  return open.map(({ at }) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
