import { badCharacterOf, EOT, GS, RS, withoutBlanksAround } from './characters.ts';
import { COMMAND_PREFIX, readCommand, type ScanCommand } from './commands.ts';
import { readBracketed, readElementStrings, type Field, type Fields } from './gs1.ts';
import { MESSAGE_HEADER, readEnvelope } from './iso15434.ts';
import { looksLikeJson, readJson } from './json-code.ts';
import { serialFieldOf } from './serial-fields.ts';
import { takeSymbology, type Symbology } from './symbologies.ts';
import { isUrl } from './url.ts';

/** The ways in which a code may be written. */
export type CodeKind = 'command' | 'iso15434' | 'json' | 'gs1' | 'url' | 'plain';

/** A rule that was held against the code, and why it is the one or is not. */
export interface Tried {
  readonly rule: CodeKind;
  readonly matched: boolean;
  readonly why: string;
}

interface Read {
  /** The code without terminator, symbology identifier and blanks around it. */
  readonly text: string;
  readonly symbology: Symbology | null;
  readonly tried: readonly Tried[];
}

/** The meaning of a code by the way it is written; what it names, the station looks up. */
export type ReadCode = Read &
  (
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'command'; readonly command: ScanCommand }
    | {
        readonly kind: 'iso15434' | 'json' | 'gs1';
        readonly fields: readonly Field[];
        /** The serial among the fields; null where there is none, and `noSerial` says what to do. */
        readonly serial: string | null;
        readonly noSerial: string | null;
      }
    | { readonly kind: 'url' }
    | { readonly kind: 'plain' }
  );

/**
 * Reads a code as a scanner sent it. CR, LF, CR LF and TAB end a code; blanks around it and an AIM symbology identifier
 * are taken off; control, zero-width and bidi characters are refused, but for the separators of GS1 and ISO/IEC 15434.
 */
export function readCode(raw: string): ReadCode {
  // Line breaks inside a JSON object are its own.
  const bare = raw.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
  const codes = looksLikeJson(bare) ? [bare] : codesOf(raw);
  if (codes.length !== 1) return refused(codes.join(' '), null, [], oneCode(codes));
  const { symbology, rest } = takeSymbology(codes[0]!);
  const text = withoutBlanksAround(rest);
  if (text === '') return refused(text, symbology, [], 'The code is empty. Scan it again.');
  const tried: Tried[] = [];
  for (const { kind, applies, read, why, separators } of RULES) {
    const because = applies(text, symbology);
    tried.push({ rule: kind, matched: because !== null, why: because ?? why });
    if (because === null) continue;
    const bad = badCharacterOf(kind === 'json' ? text.replace(/[\t\r\n]/g, ' ') : text, separators);
    if (bad) {
      const { name, codePoint, position } = bad;
      const message = `The code contains the character ${name} (${codePoint}) at position ${position}. Set up the scanner, or print the label again without it.`;
      return refused(text, symbology, tried, message);
    }
    const found = read(text, symbology);
    return 'wrong' in found
      ? refused(text, symbology, tried, found.wrong)
      : { text, symbology, tried, ...found };
  }
  throw new Error('The last rule takes every code.');
}

/** Splits what a scanner sent at the characters that end a code. */
export function codesOf(raw: string): string[] {
  return raw
    .split(/\r\n|[\r\n\t]/)
    .map(withoutBlanksAround)
    .filter((code) => code !== '');
}

type Meaning = ReadCode extends infer Each ? (Each extends Read ? Omit<Each, keyof Read> : never) : never;

interface Rule {
  readonly kind: CodeKind;
  /** Why the rule is the one for this code; null where it is not. */
  readonly applies: (text: string, symbology: Symbology | null) => string | null;
  readonly read: (text: string, symbology: Symbology | null) => Meaning | { readonly wrong: string };
  /** Why it is not, where it is not. */
  readonly why: string;
  readonly separators: string;
}

/** The rules in the order in which they are tried. */
const RULES: readonly Rule[] = [
  {
    kind: 'command',
    applies: (text) => (text.startsWith(COMMAND_PREFIX) ? `begins with ${COMMAND_PREFIX}` : null),
    read: (text) => {
      const read = readCommand(text);
      return 'wrong' in read ? read : { kind: 'command', command: read.command };
    },
    why: `does not begin with ${COMMAND_PREFIX}`,
    separators: '',
  },
  {
    kind: 'iso15434',
    applies: (text) => (text.startsWith(MESSAGE_HEADER) ? `begins with ${MESSAGE_HEADER}` : null),
    read: (text) => withSerial('iso15434', readEnvelope(text)),
    why: `does not begin with ${MESSAGE_HEADER}`,
    separators: GS + RS + EOT,
  },
  {
    kind: 'json',
    applies: (text) => (looksLikeJson(text) ? 'is written in braces' : null),
    read: (text) => withSerial('json', readJson(text)),
    why: 'is not written in braces',
    separators: '',
  },
  {
    kind: 'gs1',
    applies: gs1Mark,
    read: (text, symbology) => withSerial('gs1', gs1Fields(text, symbology)),
    why: 'has no GS1 symbology identifier, GS, bracketed identifier, or GTIN with more elements',
    separators: GS,
  },
  {
    kind: 'url',
    applies: (text) => (isUrl(text) ? 'is written as an address' : null),
    read: () => ({ kind: 'url' }),
    why: 'is not written as an address',
    separators: '',
  },
  {
    kind: 'plain',
    applies: () => 'no other rule is the one for it',
    read: () => ({ kind: 'plain' }),
    why: '',
    separators: '',
  },
];

/** The symbology that carries the number of a product, and no serial. */
const PRODUCT = 'EAN/UPC';

/** The mark by which a code is one of GS1. */
function gs1Mark(text: string, symbology: Symbology | null): string | null {
  if (symbology?.gs1 || symbology?.name === PRODUCT) return `came with ${symbology.id}`;
  if (text.includes(GS)) return 'contains GS (0x1D)';
  if (/^\(\d{2,4}\)/.test(text)) return 'begins with an identifier in brackets';
  // Without a mark from the scanner only a GTIN that proves itself, followed by more elements, can be no serial.
  const alone = /^01\d{14}./.test(text) ? readElementStrings(text) : { wrong: '' };
  return 'fields' in alone ? 'begins with (01), a GTIN with its check digit, and known elements' : null;
}

function gs1Fields(text: string, symbology: Symbology | null): Fields {
  if (symbology?.name === PRODUCT) return { fields: [{ id: '01', title: 'GTIN', value: text }] };
  if (text.startsWith('(')) return readBracketed(text);
  return readElementStrings(text);
}

function withSerial(kind: 'iso15434' | 'json' | 'gs1', read: Fields): Meaning | { readonly wrong: string } {
  if ('wrong' in read) return read;
  const serial = serialFieldOf(kind, read.fields);
  if ('several' in serial) return { wrong: serial.several };
  const bad = serial.value === null ? null : badCharacterOf(serial.value);
  if (bad)
    return {
      wrong: `Its serial contains the character ${bad.name} (${bad.codePoint}) at position ${bad.position}.`,
    };
  return { kind, fields: read.fields, serial: serial.value, noSerial: serial.missing };
}

function refused(
  text: string,
  symbology: Symbology | null,
  tried: readonly Tried[],
  message: string,
): ReadCode {
  return { kind: 'refused', text, symbology, tried, message };
}

function oneCode(codes: readonly string[]): string {
  return codes.length === 0
    ? 'The code is empty. Scan it again.'
    : `${codes.length} codes came as one. Scan them one after the other.`;
}
