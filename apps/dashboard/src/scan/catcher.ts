import {
  BURST_MS,
  evidenceOf,
  hasPrefix,
  isBurst,
  isMostlyFast,
  SLOWEST_SCANNER_MS,
  START_CHARACTER,
  type Evidence,
  type Keys,
} from './evidence.ts';
import { isMixed, NONE_HELD, pressed, released, type Held } from './sources.ts';
import { characterOf, characterOfAlt, endsCode, isModifier, START_KEY, type Stroke } from './strokes.ts';

/** A reading ends, with or without a terminator, after so long without a key. */
export const PAUSE_MS = 300;

/** What the page learns of keys. */
export type Caught =
  /** A code, and why it is one. */
  | { readonly kind: 'code'; readonly code: string; readonly by: Evidence }
  /** A code without CR, LF or TAB: the scanner is to be set up. `where`: text goes back into the field. */
  | { readonly kind: 'unended'; readonly text: string; readonly where: Stroke['where'] }
  /** Two scanners typed at once. */
  | { readonly kind: 'mixed' }
  /** The field that has the focus got keys of a scanner: it is to be as it was before the first of them. */
  | { readonly kind: 'give-back' }
  /** A person pressed one key, outside a field. */
  | { readonly kind: 'alone'; readonly key: string };

interface Reading extends Keys {
  readonly last: number;
}

export interface Catcher {
  readonly reading: Reading | null;
  readonly held: Held;
  /** Digits typed with Alt on the number block. */
  readonly alt: string;
  /** When the last code ended. Its second terminator, and the rest of a mixed code, are left out. */
  readonly ended: { readonly at: number; readonly mixed: boolean } | null;
}

export const IDLE: Catcher = { reading: null, held: NONE_HELD, alt: '', ended: null };

export interface AfterStroke {
  readonly catcher: Catcher;
  /** The page must not act on the key. */
  readonly keep: boolean;
  readonly caught: readonly Caught[];
}

/** The machine after a key. It decides by times and texts alone, so that recorded streams can be played to it. */
export function afterStroke(before: Catcher, stroke: Stroke): AfterStroke {
  const { catcher, caught } = afterPause(before, stroke.at);
  const after = stroke.type === 'up' ? afterUp(catcher, stroke) : afterDown(catcher, stroke);
  return { ...after, caught: [...caught, ...after.caught] };
}

/** The machine after a time without a key. */
export function afterPause(catcher: Catcher, at: number): Omit<AfterStroke, 'keep'> {
  const { reading, ended } = catcher;
  const over = ended !== null && at - ended.at >= PAUSE_MS ? null : ended;
  if (reading === null || at - reading.last < PAUSE_MS)
    return { catcher: over === ended ? catcher : { ...catcher, ended: over }, caught: [] };
  return { catcher: { ...IDLE, held: { ...catcher.held, overlaps: 0 } }, caught: unended(reading) };
}

function unended(reading: Reading): readonly Caught[] {
  const { text, where, taken } = reading;
  if (taken || (where === 'page' && isMostlyFast(reading, 3)))
    return text === '' ? [] : [{ kind: 'unended', text, where }];
  return where === 'page' && [...text].length === 1 ? [{ kind: 'alone', key: text }] : [];
}

const unheard = (catcher: Catcher, keep: boolean): AfterStroke => ({ catcher, keep, caught: [] });

function afterUp(catcher: Catcher, stroke: Stroke): AfterStroke {
  const character = stroke.key === 'Alt' ? characterOfAlt(catcher.alt) : null;
  if (character !== null) return afterCharacter({ ...catcher, alt: '' }, stroke, character);
  // A button is pressed when Space goes up.
  return unheard(
    { ...catcher, held: released(catcher.held, stroke.key) },
    stroke.key === ' ' && catcher.reading !== null,
  );
}

function afterDown(catcher: Catcher, stroke: Stroke): AfterStroke {
  const { key, alt, ctrl, repeat } = stroke;
  const taken = catcher.reading?.taken ?? false;
  if (isModifier(key) || repeat) return unheard(catcher, taken);
  if (alt && !ctrl && /^\d$/.test(key)) return unheard({ ...catcher, alt: catcher.alt + key }, true);
  const heard = { ...catcher, held: pressed(catcher.held, key) };
  if (key === START_KEY) {
    const reading = { text: '', gaps: [], where: stroke.where, started: true, last: stroke.at, taken: true };
    return unheard({ ...heard, reading }, true);
  }
  const character = characterOf(stroke);
  // A key such as Escape or an arrow is a person's, and what came before it too.
  return character === null
    ? unheard({ ...IDLE, held: { ...heard.held, overlaps: 0 } }, false)
    : afterCharacter(heard, stroke, character);
}

function afterCharacter(catcher: Catcher, stroke: Stroke, character: string): AfterStroke {
  const { reading, ended } = catcher;
  const { at, where } = stroke;
  if (ended?.mixed) return unheard({ ...catcher, ended: { ...ended, at } }, true);
  if (reading === null) {
    if (endsCode(character)) return unheard(catcher, ended !== null && at - ended.at < SLOWEST_SCANNER_MS);
    // No code begins with a blank; a person's Space is for what has the focus.
    if (character === ' ' || stroke.ctrl) return unheard(catcher, false);
    const first: Reading = { text: character, gaps: [], where, started: false, last: at, taken: false };
    return unheard({ ...catcher, reading: first, held: { ...catcher.held, overlaps: 0 } }, false);
  }
  const gaps = [...reading.gaps, at - reading.last];
  if (endsCode(character) && !isOpenJson(reading.text))
    return afterEnd(catcher, { ...reading, gaps }, character, at);
  const text = reading.text + (endsCode(character) ? '\n' : character);
  return afterMore(catcher, { ...reading, gaps, text, last: at }, character);
}

function afterMore(catcher: Catcher, reading: Reading, character: string): AfterStroke {
  const { where, taken } = reading;
  const known = taken || isBurst(reading) || hasPrefix(reading);
  const gaveWay = where === 'text' && known && !taken;
  const close = reading.gaps.at(-1)! < BURST_MS;
  return {
    catcher: { ...catcher, reading: { ...reading, taken: known } },
    // Outside a field a blank or a line break of a code must press nothing, however slow the scanner is.
    keep: known || (where === 'page' && (close || character === ' ' || endsCode(character))),
    caught: gaveWay ? [{ kind: 'give-back' }] : [],
  };
}

function afterEnd(catcher: Catcher, reading: Reading, end: string, at: number): AfterStroke {
  const { held } = catcher;
  const by = evidenceOf(reading, end);
  const idle: Catcher = { ...IDLE, held: { ...held, overlaps: 0 } };
  if (by === null || reading.text.trim() === '')
    return unheard(idle, reading.taken || (reading.where === 'page' && reading.gaps.at(-1)! < BURST_MS));
  const mixed = isMostlyFast(reading, 2) && isMixed(held, reading.gaps.length + 1);
  const late: readonly Caught[] = reading.where === 'text' && !reading.taken ? [{ kind: 'give-back' }] : [];
  const code = reading.text.startsWith(START_CHARACTER) ? reading.text.slice(1) : reading.text;
  const caught: Caught = mixed ? { kind: 'mixed' } : { kind: 'code', code, by };
  return { catcher: { ...idle, ended: { at, mixed } }, keep: true, caught: [...late, caught] };
}

/** Whether a JSON object has begun and not ended: line breaks in it are its own. */
function isOpenJson(text: string): boolean {
  if (!text.startsWith('{')) return false;
  const bare = text.replace(/"(?:[^"\\]|\\.)*"?/g, '');
  return bare.split('{').length > bare.split('}').length;
}
