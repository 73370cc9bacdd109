import { hasCheckDigit } from './check-digit.ts';
import type { Stroke } from './strokes.ts';

/**
 * A keyboard-wedge scanner types a key every 1 to 30 ms, over a slow radio link every 50 to 120; a person who types
 * fast needs 80 ms and more, and never the same twice.
 */
export const BURST_MS = 50;
export const SLOWEST_SCANNER_MS = 150;
/** Keys that people press at once when they type fast. More of them in a row are a scanner's. */
const ROLLOVER = 3;

/** The keys of what may be a code. */
export interface Keys {
  readonly text: string;
  /** ms between one key and the next, to the key that ends it. */
  readonly gaps: readonly number[];
  readonly where: Stroke['where'];
  /** A start key of the scanner came first. */
  readonly started: boolean;
  /** Known to be a scanner's: the page does not get the keys. */
  readonly taken: boolean;
}

/** Beginnings that nobody types: commands, AIM symbology identifiers, ISO/IEC 15434. */
const PREFIX = /^(?:%BW-|\][A-Za-z][0-9A-Za-z]|\[\)>)/;

/** A character that scanners can be set to send first. It is taken off; in a field a person may type it. */
export const START_CHARACTER = '~';

export const hasPrefix = ({ text, started, where }: Keys): boolean =>
  started || PREFIX.test(text) || (where === 'page' && text.startsWith(START_CHARACTER));

const isFast = (gap: number): boolean => gap < BURST_MS;

/** The last keys came faster than a person types, one after the other. */
export const isBurst = ({ gaps }: Keys): boolean =>
  gaps.length >= ROLLOVER && gaps.slice(-ROLLOVER).every(isFast);

/** Most keys came fast: the host was late with a few. */
export const isMostlyFast = ({ gaps }: Keys, least: number): boolean =>
  gaps.length >= least && gaps.filter(isFast).length * 2 > gaps.length;

function isSteady({ gaps }: Keys): boolean {
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return gaps.length > ROLLOVER && most <= SLOWEST_SCANNER_MS && most <= 2 * least;
}

type Rule = (keys: Keys, end: string) => boolean;

/** Why keys are a code, the strongest reason first. */
const RULES = {
  prefix: hasPrefix,
  speed: (keys) => (keys.where === 'text' ? keys.taken || isBurst(keys) : isMostlyFast(keys, 2)),
  'check-digit': ({ where, text }) => where === 'page' && hasCheckDigit(text),
  rhythm: (keys) => keys.where === 'page' && isSteady(keys),
  // Outside a field, Enter after several keys means nothing else. A person's TAB does.
  ended: ({ where, text }, end) => where === 'page' && end !== '\t' && text.length > 2,
} as const satisfies Readonly<Record<string, Rule>>;
export type Evidence = keyof typeof RULES;

/** Why keys that were ended are a scanner's code; null: a person pressed them. */
export function evidenceOf(keys: Keys, end: string): Evidence | null {
  const found = Object.entries<Rule>(RULES).find(([, holds]) => holds(keys, end));
  return (found?.[0] ?? null) as Evidence | null;
}
