/** Characters that separate the parts of GS1 element strings and of ISO/IEC 15434 data. */
export const GS = '\u001d';
export const RS = '\u001e';
export const EOT = '\u0004';

/** A character that a code must not contain. `position` counts from 1. */
export interface BadCharacter {
  readonly name: string;
  readonly codePoint: string;
  readonly position: number;
}

/** Names of control characters by their number (ISO/IEC 6429). */
const CONTROLS = (
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI ' +
  'DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'
).split(' ');

/** Invisible characters that people meet, by the names of the Unicode character database. */
const INVISIBLE: ReadonlyMap<number, string> = new Map([
  [0x7f, 'DELETE'],
  [0xad, 'soft hyphen'],
  [0x034f, 'combining grapheme joiner'],
  [0x061c, 'Arabic letter mark'],
  [0x115f, 'Hangul filler'],
  [0x1160, 'Hangul filler'],
  [0x180e, 'Mongolian vowel separator'],
  [0x200b, 'zero-width space'],
  [0x200c, 'zero-width non-joiner'],
  [0x200d, 'zero-width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0x3164, 'Hangul filler'],
  [0xfeff, 'zero-width no-break space'],
  [0xfffd, 'replacement character'],
]);

/** Groups of characters without a name of their own here, by Unicode's general category or block. */
const GROUPS: readonly (readonly [RegExp, string])[] = [
  [/^\p{Cc}$/u, 'control character'],
  [/^\p{Cf}$/u, 'invisible character'],
  [/^\p{Cs}$/u, 'half surrogate'],
  [/^[\u180b-\u180d\ufe00-\ufe0f\u{e0100}-\u{e01ef}]$/u, 'variation selector'],
  [/^[\p{Cn}\p{Co}]$/u, 'character without a meaning'],
];

/** Blanks around a code: spaces and no-break spaces. A tab ends a code, and a zero-width space is no blank. */
const AROUND = /^\p{Zs}+|\p{Zs}+$/gu;

export function withoutBlanksAround(text: string): string {
  return text.replace(AROUND, '');
}

/** The first character that a code must not contain, or null. `allowed`: separators that this data may contain. */
export function badCharacterOf(text: string, allowed = ''): BadCharacter | null {
  for (const [index, character] of [...text].entries()) {
    if (allowed.includes(character)) continue;
    const name = nameOf(character);
    if (name === null) continue;
    const hex = character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
    return { name, codePoint: `U+${hex}`, position: index + 1 };
  }
  return null;
}

function nameOf(character: string): string | null {
  const number = character.codePointAt(0)!;
  return (
    CONTROLS[number] ?? INVISIBLE.get(number) ?? GROUPS.find(([group]) => group.test(character))?.[1] ?? null
  );
}
