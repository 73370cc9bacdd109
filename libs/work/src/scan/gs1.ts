import { gs1CheckDigit } from './check-digits.ts';
import { GS } from './characters.ts';
import { gs1Identifier, gs1IdentifierAt, partsOf, type Gs1Identifier } from './gs1-identifiers.ts';

/** One part of a code: an application or data identifier, or a key, with its value. */
export interface Field {
  readonly id: string;
  readonly title: string;
  readonly value: string;
}

/** Fields, or a sentence that says what is wrong. */
export type Fields = { readonly fields: readonly Field[] } | { readonly wrong: string };

/** GS1 General Specifications §7.11, figure 7.11-1: the 82 characters of element strings. */
const INVARIANT = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]$/;

const NO_GS = ' If the label is right, set the scanner to send the separator GS (0x1D).';

/**
 * Reads GS1 element strings as a scanner sends them: identifiers run into their values, and a GS ends a value whose
 * length is not fixed, unless it is the last.
 */
export function readElementStrings(text: string): Fields {
  const fields: Field[] = [];
  let rest = text.startsWith(GS) ? text.slice(1) : text;
  while (rest !== '') {
    const identifier = gs1IdentifierAt(rest);
    if (!identifier) return { wrong: unknownAt(rest, fields) };
    const { ai } = identifier;
    const data = rest.slice(ai.length);
    const length = lengthOf(identifier, data);
    const read = elementOf(identifier, data.slice(0, length));
    if ('wrong' in read)
      return identifier.format.includes('..') && !text.includes(GS) ? { wrong: read.wrong + NO_GS } : read;
    fields.push(read.field);
    rest = data.slice(length);
    if (rest.startsWith(GS)) rest = rest.slice(1);
  }
  return fields.length === 0 ? { wrong: 'The code has no GS1 element.' } : (twice(fields) ?? { fields });
}

/** Reads element strings as they are printed for people: `(01)04012345678901(21)SN000123`. */
export function readBracketed(text: string): Fields {
  const fields: Field[] = [];
  let rest = text;
  while (rest !== '') {
    const at = /^\((\d{2,4})\)/.exec(rest);
    const identifier = at === null ? undefined : gs1Identifier(at[1]!);
    if (!at || !identifier) return { wrong: unknownAt(rest, fields) };
    rest = rest.slice(at[0].length);
    const next = nextBracket(rest);
    const read = elementOf(identifier, rest.slice(0, next));
    if ('wrong' in read) return read;
    fields.push(read.field);
    rest = rest.slice(next);
  }
  return twice(fields) ?? { fields };
}

/** A bracket may be part of a value: only one around a known identifier begins the next. */
function nextBracket(text: string): number {
  for (const { index, 1: ai } of text.matchAll(/\((\d{2,4})\)/g)) if (gs1Identifier(ai!)) return index;
  return text.length;
}

/** The number of characters that are the value: up to a GS, and no more than the format allows. */
function lengthOf(identifier: Gs1Identifier, data: string): number {
  const parts = partsOf(identifier);
  const fixed = parts.every(({ least, most }) => least === most);
  const end = data.indexOf(GS);
  const upToGs = end < 0 ? data.length : end;
  const most = parts.reduce((sum, part) => sum + part.most, 0);
  return fixed ? Math.min(most, upToGs) : upToGs;
}

function elementOf(identifier: Gs1Identifier, value: string): { field: Field } | { wrong: string } {
  const { ai, title, checked } = identifier;
  const named = `(${ai}) ${title}`;
  const parts = partsOf(identifier);
  const least = parts.reduce((sum, part) => sum + part.least, 0);
  const most = parts.reduce((sum, part) => sum + part.most, 0);
  if (value.length < least || value.length > most) {
    const wanted = least === most ? `${most}` : `${least} to ${most}`;
    return { wrong: `${named} has ${value.length} characters; it must have ${wanted}.` };
  }
  let from = 0;
  for (const { digits, most: length } of parts) {
    const part = value.slice(from, from + length);
    const bad = [...part].find((character) => !(digits ? /^\d$/ : INVARIANT).test(character));
    if (bad !== undefined)
      return {
        wrong: `${named} contains "${bad}"; it must contain ${digits ? 'digits only' : 'GS1 characters only'}.`,
      };
    from += length;
  }
  if (checked !== undefined) {
    const wanted = gs1CheckDigit(value.slice(0, checked - 1));
    const found = value[checked - 1]!;
    if (found !== wanted)
      return {
        wrong: `The check digit of ${named} ${value} is ${found}; it must be ${wanted}. Scan the code again.`,
      };
  }
  return { field: { id: ai, title, value } };
}

function unknownAt(rest: string, fields: readonly Field[]): string {
  const last = fields.at(-1);
  const start = rest.slice(0, 4);
  return last
    ? `After (${last.id}) ${last.value} comes "${start}", which begins with no known GS1 identifier.`
    : `"${start}" begins with no known GS1 identifier.`;
}

/** The same identifier with two values leaves open which of them is meant. */
function twice(fields: readonly Field[]): { wrong: string } | null {
  for (const { id, value } of fields) {
    const other = fields.find((field) => field.id === id && field.value !== value);
    if (other) return { wrong: `(${id}) comes twice, as ${value} and as ${other.value}.` };
  }
  return null;
}
