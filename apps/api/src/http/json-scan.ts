import { pointerStep } from '@boardwalk/contracts';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { invalid, ProblemException } from '../problems/problems.ts';

/** The deepest body of this API has eight levels; parsers and validators that recurse are safe far above this. */
export const DEEPEST_JSON = 64;
/** Keys of one object; the largest of this API has some dozens. Validators name each one that they do not know. */
export const MOST_KEYS = 10_000;

/** Characters that are looked at in one piece of work. */
const PIECE_CHARS = 32_768;

/** A member of the outermost object that is a list of more than a page. */
export interface LongList {
  readonly key: string;
  /** Places of its `[`, of the comma after each page of elements, and of its `]`. */
  readonly cuts: readonly number[];
}

/** An object or array that is open, and where in it the scan is. */
interface Open {
  /** Null: an array. */
  readonly keys: Set<string> | null;
  /** The member at hand: its key, or its index. */
  at: string | number;
  /** The next string is a key. */
  awaitsKey: boolean;
  /** As of `LongList`; null where the list is not a member of the outermost object. */
  readonly cuts: number[] | null;
}

/**
 * Finds faults of JSON before it is parsed, and the places of its long lists. RFC 8259 leaves open which of two equal
 * keys counts, and a reader that takes one drops the other without a word. Text that is no JSON is left to the parser.
 * @throws ProblemException 400 for a key that an object has twice, for too many keys and for too many levels
 */
export function* scanJson(text: string): Generator<void, LongList[]> {
  const open: Open[] = [];
  const long: LongList[] = [];
  let pause = PIECE_CHARS;
  for (let at = 0; at < text.length; at += 1) {
    if (at >= pause) {
      yield;
      pause = at + PIECE_CHARS;
    }
    const here = open.at(-1);
    switch (text[at]) {
      case '{':
        open.push({ keys: new Set(), at: '', awaitsKey: true, cuts: null });
        break;
      case '[':
        open.push({
          keys: null,
          at: 0,
          awaitsKey: false,
          cuts: open.length === 1 && here?.keys ? [at] : null,
        });
        break;
      case '}':
        open.pop();
        break;
      case ']': {
        const cuts = open.pop()?.cuts ?? [];
        if (cuts.length > 1) long.push({ key: String(open[0]?.at), cuts: [...cuts, at] });
        break;
      }
      case ',':
        if (here) goOn(here, at);
        break;
      case '"': {
        const end = endOfString(text, at);
        if (here?.keys && here.awaitsKey) takeKey(here.keys, open, keyIn(text.slice(at, end + 1)));
        at = end;
      }
    }
    if (open.length > DEEPEST_JSON) throw new ProblemException('invalid:nested', { most: DEEPEST_JSON });
  }
  return long;
}

function goOn(here: Open, comma: number): void {
  if (here.keys) {
    here.awaitsKey = true;
    return;
  }
  here.at = Number(here.at) + 1;
  if (here.cuts && here.at % PAGE_ITEMS === 0) here.cuts.push(comma);
}

function takeKey(keys: Set<string>, open: readonly Open[], key: string): void {
  const here = open.at(-1)!;
  here.at = key;
  here.awaitsKey = false;
  if (keys.size === keys.add(key).size) {
    const pointer = pointerOf(open);
    throw invalid('invalid:key-twice', { key: pointer }, pointer);
  }
  if (keys.size > MOST_KEYS) throw tooWide(open.slice(0, -1));
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
  const words = place.length === 0 ? 'The body' : `The object at ${pointerOf(place)}`;
  return new ProblemException('invalid:wide', { place: words, most: MOST_KEYS });
}

function pointerOf(open: readonly Open[]): string {
  return open.map(({ at }) => pointerStep(at)).join('');
}
