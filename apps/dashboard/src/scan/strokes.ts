/** A key as the document hears of it. */
export interface Stroke {
  readonly type: 'down' | 'up';
  /** As `KeyboardEvent.key`. */
  readonly key: string;
  /** ms on the page's clock. */
  readonly at: number;
  /** text: a field that takes what is typed has the focus. */
  readonly where: 'page' | 'text';
  readonly ctrl?: boolean;
  readonly alt?: boolean;
  readonly meta?: boolean;
  /** The key is held down. */
  readonly repeat?: boolean;
}

/** A key that a scanner can be set to send before each code: its keys are then known from the first one. */
export const START_KEY = 'F9';

const MODIFIERS: ReadonlySet<string> = new Set(
  'Shift Control Alt AltGraph Meta CapsLock NumLock Fn Hyper Super'.split(' '),
);
export const isModifier = (key: string): boolean => MODIFIERS.has(key);

/** Named keys that type a character; scanners send control characters with Ctrl and the letter of ISO/IEC 6429. */
const NAMED: Readonly<Record<string, string>> = { Enter: '\r', Tab: '\t' };
const CONTROLS: Readonly<Record<string, string>> = {
  ...{ d: '\u0004', i: '\t', j: '\n', m: '\r' },
  ...{ '\\': '\u001c', ']': '\u001d', '^': '\u001e', _: '\u001f' },
};
/** Keys whose character the host lost, as with a wrong layout. The station refuses this character by name. */
const LOST: ReadonlySet<string> = new Set(['Dead', 'Process', 'Unidentified']);
const LOST_CHARACTER = '\ufffd';

/** The character that a key types; null where it types none. */
export function characterOf({ key, ctrl, alt, meta }: Stroke): string | null {
  if (meta) return null;
  // AltGr is Ctrl and Alt at once, and types what it types.
  if (ctrl && !alt) return CONTROLS[key.toLowerCase()] ?? null;
  if (LOST.has(key)) return LOST_CHARACTER;
  return NAMED[key] ?? ([...key].length === 1 ? key : null);
}

/** Characters that end a code. */
export const endsCode = (character: string): boolean => /^[\r\n\t]$/.test(character);

/** The character of a number that is typed with Alt on the number block; null where there is none. */
export function characterOfAlt(digits: string): string | null {
  return digits === '' ? null : String.fromCharCode(Number(digits) & 0xff);
}
