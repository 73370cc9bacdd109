/**
 * Patterns for serials: a part of JavaScript's regular expressions that always matches in bounded time. A serial has
 * at most 64 characters, so the ways in which a pattern can match are counted before it is used; one with too many
 * (nested or chained repetition) is refused. Without look-around and back references nothing else can be slow.
 */
const LONGEST_PATTERN = 200;
const LONGEST_SERIAL = 64;
const MOST_WAYS = 10_000;

/** Letters that may follow a backslash; every other character but a letter or digit stands for itself. */
const CLASSES = /^[dDwW]$/;
const ITSELF = /^[^A-Za-z0-9\u0000-\u0020]$/;

/** Why a text cannot be used as a pattern; null: it can. */
export function patternFault(pattern: string): string | null {
  if (pattern.length > LONGEST_PATTERN) return `must have at most ${LONGEST_PATTERN} characters`;
  try {
    const reader = new PatternReader(pattern);
    const ways = reader.alternatives();
    if (!reader.atEnd) return `has a ")" without "(" at character ${reader.at + 1}`;
    if (ways > MOST_WAYS)
      return 'repeats in too many ways; give a fixed number of characters, such as \\d{6}';
    new RegExp(pattern, 'u');
    return null;
  } catch (cause) {
    return cause instanceof PatternFault ? cause.message : 'is not a regular expression';
  }
}

class PatternFault extends Error {}

/** Reads a pattern and counts in how many ways it can be tried against one serial. */
class PatternReader {
  at = 0;

  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at >= this.text.length;
  }

  alternatives(): number {
    let ways = this.#sequence();
    while (this.text[this.at] === '|') {
      this.at += 1;
      ways += this.#sequence();
    }
    return ways;
  }

  #sequence(): number {
    let ways = 1;
    while (!this.atEnd && !'|)'.includes(this.text[this.at]!)) {
      const of = this.#atom();
      const [least, most] = this.#repeats();
      ways *= (most - least + 1) * of ** most;
      if (ways > MOST_WAYS) ways = MOST_WAYS + 1;
    }
    return ways;
  }

  #atom(): number {
    const character = this.text[this.at]!;
    if (character === '(') return this.#group();
    if (character === '[') this.#skipClass();
    else if (character === '\\') this.#skipEscape();
    else if ('*+?{}'.includes(character))
      throw new PatternFault(`repeats nothing at character ${this.at + 1}`);
    else this.at += 1;
    return 1;
  }

  #group(): number {
    this.at += 1;
    if (this.text[this.at] === '?') {
      if (this.text[this.at + 1] !== ':')
        throw new PatternFault('takes plain groups only: ( ) or (?: ), without look-around or names');
      this.at += 2;
    }
    const ways = this.alternatives();
    if (this.text[this.at] !== ')') throw new PatternFault('has a "(" without ")"');
    this.at += 1;
    return ways;
  }

  #skipEscape(): void {
    const escaped = this.text[this.at + 1] ?? '';
    if (!CLASSES.test(escaped) && !ITSELF.test(escaped))
      throw new PatternFault(
        `does not take "\\${escaped}"; of escapes \\d, \\w and signs such as \\. are taken`,
      );
    this.at += 2;
  }

  #skipClass(): void {
    this.at += 1;
    while (this.text[this.at] !== ']') {
      if (this.atEnd) throw new PatternFault('has a "[" without "]"');
      if (this.text[this.at] === '\\') this.#skipEscape();
      else this.at += 1;
    }
    this.at += 1;
  }

  /** How often the atom before may stand, at least and at most. */
  #repeats(): [number, number] {
    const found = /^(?:[?*+]|\{(\d{1,3})(?:(,)(\d{1,3})?)?\})\??/.exec(this.text.slice(this.at));
    if (!found) return [1, 1];
    this.at += found[0].length;
    const [sign, least, comma, most] = found;
    if (least === undefined)
      return sign.startsWith('?') ? [0, 1] : [sign.startsWith('+') ? 1 : 0, LONGEST_SERIAL];
    const from = Math.min(Number(least), LONGEST_SERIAL);
    if (comma === undefined) return [from, from];
    return [from, Math.max(from, Math.min(Number(most ?? LONGEST_SERIAL), LONGEST_SERIAL))];
  }
}
