import type { CheckDigit, SerialFormat, SerialRule } from '@boardwalk/contracts';
import { badCharacterOf } from '../scan/characters.ts';
import { gs1Identifier } from '../scan/gs1-identifiers.ts';
import type { ReadCode } from '../scan/read-code.ts';
import { isUrl } from '../scan/url.ts';
import { CHECKS } from '../scan/check-digits.ts';
import { readSerial } from './read-serial.ts';

/** The range that a rule names: a counter with its format, or a list. */
export interface RangeOfRule {
  readonly name: string;
  /** Null: a list. */
  readonly format: SerialFormat | null;
  readonly first: number;
  readonly last: number;
}

/** A rule with the range it names; without a rule the pattern for any serial is the rule. */
export interface ResolvedRule {
  readonly rule: SerialRule | null;
  readonly range: RangeOfRule | null;
}

/** The serial of a code, or the part of the rule that it breaks, in a sentence. */
export type Judged =
  | { readonly serial: string }
  | { readonly failed: keyof SerialRule | 'no serial rule' | 'characters'; readonly message: string };

/** Serials that need no rule. */
const PLAIN_SERIAL = /^[A-Za-z0-9][A-Za-z0-9._/-]{2,63}$/;
const LONGEST = 64;

type Failed = Extract<Judged, { failed: unknown }>;
type Part = (serial: string, rule: SerialRule, range: RangeOfRule | null) => string | null;

/** Parts of a rule, in the order in which they are checked: a sentence where the serial breaks it. Patterns come last. */
const PARTS: readonly (readonly [keyof SerialRule, Part])[] = [
  [
    'minLength',
    (serial, { minLength = 1 }) =>
      lengthOf(serial) < minLength
        ? `it has ${lengthOf(serial)} characters and must have at least ${minLength}`
        : null,
  ],
  [
    'maxLength',
    (serial, { maxLength = LONGEST }) =>
      lengthOf(serial) > maxLength
        ? `it has ${lengthOf(serial)} characters and must have at most ${maxLength}`
        : null,
  ],
  [
    'pattern',
    (serial, { pattern }) =>
      pattern === undefined || new RegExp(`^(?:${pattern})$`, 'u').test(serial)
        ? null
        : `it does not match the pattern ${pattern}`,
  ],
  ['check', (serial, { check = 'none' }) => (check === 'none' ? null : checkOf(serial, check))],
  ['range', (serial, _rule, range) => (range === null ? null : rangeOf(serial, range))],
];

/** Whether a code is a serial of the order: what its rule says, or the pattern for any serial. */
export function judgeSerial(read: ReadCode, { rule, range }: ResolvedRule): Judged {
  if (read.kind === 'url')
    return failed(
      rule ? 'pattern' : 'no serial rule',
      `${shown(read.text)} is an address on the web and no serial.`,
    );
  const ai = rule?.gs1Ai;
  if (ai !== undefined) {
    const field = read.kind === 'gs1' || read.kind === 'iso15434' ? fieldOf(read.fields, ai) : undefined;
    const wanted = `(${ai}) ${gs1Identifier(ai)?.title ?? ''}`.trimEnd();
    return field === undefined
      ? failed(
          'gs1Ai',
          `The serial must be in the GS1 element ${wanted}; this code has none. Scan the GS1 label.`,
        )
      : judgeText(field, { rule, range });
  }
  if (read.kind === 'plain') return judgeText(read.text, { rule, range });
  if ('serial' in read) {
    return read.serial === null
      ? failed(rule ? 'pattern' : 'no serial rule', `This code is no serial. ${read.noSerial!}`)
      : judgeText(read.serial, { rule, range });
  }
  return failed('characters', 'message' in read ? read.message : 'A command is no serial.');
}

/** Whether a text is a serial of the order, as a MES names one. */
export function judgeText(serial: string, { rule, range }: ResolvedRule): Judged {
  const bad = badCharacterOf(serial);
  if (bad)
    return failed(
      'characters',
      `The serial contains the character ${bad.name} (${bad.codePoint}) at position ${bad.position}.`,
    );
  if (rule === null && range === null) {
    if (isUrl(serial))
      return failed('no serial rule', `${shown(serial)} is an address on the web and no serial.`);
    return PLAIN_SERIAL.test(serial) ? { serial } : failed('no serial rule', plainSentence(serial));
  }
  for (const [part, breaks] of PARTS) {
    const how = breaks(serial, rule ?? {}, range);
    if (how !== null) return failed(part, `${shown(serial)} breaks the serial rule of this order: ${how}.`);
  }
  return { serial };
}

/** A rule in words, for the page. */
export function ruleInWords({ rule, range }: ResolvedRule): string {
  if (rule === null && range === null) return 'no serial rule';
  const { pattern, minLength, maxLength, check = 'none', gs1Ai } = rule ?? {};
  const parts = [
    pattern !== undefined && `pattern ${pattern}`,
    minLength !== undefined && `at least ${minLength} characters`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    check !== 'none' && `${check} check`,
    gs1Ai !== undefined && `GS1 element (${gs1Ai})`,
    range !== null && `serial range "${range.name}"`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'any serial' : parts.join(', ');
}

function failed(part: Failed['failed'], message: string): Failed {
  return { failed: part, message };
}

function shown(serial: string): string {
  return `"${serial.length > 40 ? `${serial.slice(0, 40)}…` : serial}"`;
}

function lengthOf(serial: string): number {
  return [...serial].length;
}

function fieldOf(fields: readonly { id: string; value: string }[], id: string): string | undefined {
  return fields.find((field) => field.id === id)?.value;
}

/** The characters at the end check those before: digits for Luhn and GS1, letters and digits for MOD 97-10. */
function checkOf(serial: string, check: Exclude<CheckDigit, 'none'>): string | null {
  const body = check === 'mod97' ? serial.replace(/[^0-9A-Za-z]/g, '') : (/\d*$/.exec(serial)?.[0] ?? '');
  const length = check === 'mod97' ? 2 : 1;
  if (body.length <= length) return `it has no digits that a ${check} check could be of`;
  const found = body.slice(-length);
  const wanted = CHECKS[check](body.slice(0, -length), '0123456789', '');
  return found === wanted ? null : `its ${check} check is ${found} and must be ${wanted}`;
}

function rangeOf(serial: string, { name, format, first, last }: RangeOfRule): string | null {
  if (format === null) return null;
  const read = readSerial(format, serial);
  if ('wrong' in read) return `it is not of the range "${name}": ${read.wrong}`;
  const inside = read.number >= first && read.number <= last;
  return inside ? null : `its number ${read.number} is outside the range "${name}", ${first} to ${last}`;
}

function plainSentence(serial: string): string {
  const is = `${shown(serial)} is no serial`;
  const length = lengthOf(serial);
  if (length < 3)
    return `${is}: it has ${length} characters and must have 3 to 64. The code of a slot begins with %BW-SLOT-.`;
  if (length > LONGEST) return `${is}: it has ${length} characters and must have 3 to 64.`;
  const at = [...serial].findIndex(
    (character, index) => !(index === 0 ? /[A-Za-z0-9]/ : /[A-Za-z0-9._/-]/).test(character),
  );
  return `${is}: "${[...serial][at]}" at position ${at + 1} is not one of A-Z a-z 0-9 . _ / -, first a letter or digit. Give the order a serial rule if it is right.`;
}

/** Why a serial that a MES names breaks the rule of an order; null where it keeps it. Without a rule any text may be one. */
export function serialFault(
  rule: SerialRule | null,
  serial: string,
  range: RangeOfRule | null = null,
): string | null {
  if (rule === null && range === null) return null;
  const judged = judgeText(serial, { rule, range });
  return 'failed' in judged ? judged.message : null;
}
