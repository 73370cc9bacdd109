/** A pattern that was read: whether it describes the whole of a text. */
export type Pattern = (text: string) => boolean;

/** From the places where a part may begin to those where it may end. */
type Part = (text: readonly string[], from: ReadonlySet<number>) => Set<number>;
type Test = (character: string) => boolean;

const CLASSES: Readonly<Record<string, Test>> = {
  d: (character) => /^[0-9]$/.test(character),
  w: (character) => /^[A-Za-z0-9_]$/.test(character),
  s: (character) => /^\s$/u.test(character),
};
const MOST_REPEATS = 64;

/**
 * Reads a pattern in the common subset of regular expressions: characters, `.`, classes, `\d \w \s`, groups, `|`,
 * `? * +` and `{m,n}`. It describes the whole serial, with `^` and `$` or without. It is matched by following all places
 * at once, so that no pattern, however written, keeps the station busy.
 * @throws PatternError
 */
export function readPattern(source: string): Pattern {
  const characters = [...source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '')];
  const reader = new Reader(characters);
  const part = reader.alternatives();
  if (!reader.ended) throw new PatternError('has a ")" without its "("');
  return (text) => {
    const places = [...text];
    return part(places, new Set([0])).has(places.length);
  };
}

export class PatternError extends Error {
  override readonly name = 'PatternError';
}

class Reader {
  #at = 0;

  constructor(private readonly source: readonly string[]) {}

  get ended(): boolean {
    return this.#at >= this.source.length;
  }

  alternatives(): Part {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    return (text, from) => new Set(parts.flatMap((part) => [...part(text, from)]));
  }

  #sequence(): Part {
    const parts: Part[] = [];
    while (!this.ended && this.#next !== '|' && this.#next !== ')') parts.push(this.#repeated(this.#one()));
    return (text, from) => parts.reduce<Set<number>>((places, part) => part(text, places), new Set(from));
  }

  #one(): Part {
    const character = this.#pop();
    if (character === '(') return this.#group();
    if (character === '[') return single(this.#set());
    if (character === '.') return single(() => true);
    if (character === '\\') return single(this.#escaped());
    if ('?*+{'.includes(character)) throw new PatternError(`has "${character}" with nothing to repeat`);
    if ('^$'.includes(character))
      throw new PatternError(`has "${character}" inside; it goes to the begin or the end`);
    return single((each) => each === character);
  }

  #group(): Part {
    if (this.#take('?') && !this.#take(':')) throw new PatternError('has a "(?" group other than "(?:"');
    const part = this.alternatives();
    if (!this.#take(')')) throw new PatternError('has a "(" without its ")"');
    return part;
  }

  #escaped(): Test {
    if (this.ended) throw new PatternError('ends in "\\"');
    const character = this.#pop();
    const known = CLASSES[character.toLowerCase()];
    if (known) return character === character.toLowerCase() ? known : (each) => !known(each);
    if (/[A-Za-z0-9]/.test(character))
      throw new PatternError(`has "\\${character}"; only \\d, \\w and \\s are known`);
    return (each) => each === character;
  }

  #set(): Test {
    const negated = this.#take('^');
    const tests: Test[] = [];
    while (!this.#take(']')) {
      if (this.ended) throw new PatternError('has a "[" without its "]"');
      const first = this.#pop();
      if (first === '\\') tests.push(this.#escaped());
      else if (this.#next === '-' && this.source[this.#at + 1] !== ']') tests.push(this.#range(first));
      else tests.push((each) => each === first);
    }
    return (each) => tests.some((test) => test(each)) !== negated;
  }

  #range(first: string): Test {
    this.#pop();
    if (this.ended) throw new PatternError('has a "[" without its "]"');
    const last = this.#pop();
    if (first > last) throw new PatternError(`has the range "${first}-${last}", which is empty`);
    return (each) => each.length === 1 && each >= first && each <= last;
  }

  #repeated(part: Part): Part {
    const [least, most] = this.#bounds();
    if ('?*+{'.includes(this.#next) && !this.ended)
      throw new PatternError('repeats twice at one place; use a group');
    return least === 1 && most === 1 ? part : repeat(part, least, most);
  }

  #bounds(): [number, number] {
    if (this.#take('?')) return [0, 1];
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (!this.#take('{')) return [1, 1];
    let written = '';
    while (!this.ended && this.#next !== '}') written += this.#pop();
    const [, from, open, to] = /^(\d{1,3})(,?)(\d{0,3})$/.exec(written) ?? [];
    if (from === undefined || !this.#take('}'))
      throw new PatternError(`has "{${written}"; write {3} or {2,5}`);
    const least = Number(from);
    const most = open ? (to ? Number(to) : Infinity) : least;
    if (most < least || least > MOST_REPEATS) throw new PatternError(`has "{${written}}", which fits nothing`);
    return [least, most];
  }

  get #next(): string {
    return this.source[this.#at] ?? '';
  }

  #take(character: string): boolean {
    if (this.#next !== character) return false;
    this.#at += 1;
    return true;
  }

  #pop(): string {
    this.#at += 1;
    return this.source[this.#at - 1] ?? '';
  }
}

function single(test: Test): Part {
  return (text, from) => {
    const ends = new Set<number>();
    for (const at of from) if (at < text.length && test(text[at]!)) ends.add(at + 1);
    return ends;
  };
}

function repeat(part: Part, least: number, most: number): Part {
  return (text, from) => {
    let places = new Set(from);
    for (let count = 0; count < least && places.size > 0; count += 1) places = part(text, places);
    const ends = new Set(places);
    for (let count = least; count < most && places.size > 0; count += 1) {
      // Only places that are new can lead further: at most one turn for each character.
      places = new Set([...part(text, places)].filter((place) => !ends.has(place)));
      for (const place of places) ends.add(place);
    }
    return ends;
  };
}
