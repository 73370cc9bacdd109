import { EOT, GS, RS } from './characters.ts';
import { readElementStrings, type Field, type Fields } from './gs1.ts';

/** Every code of ISO/IEC 15434 begins so. */
export const MESSAGE_HEADER = '[)>';

/** Data identifiers that boards and their labels have: ANSI MH10.8.2, categories 4 to 20. */
const DATA_IDENTIFIERS: Readonly<Record<string, string>> = {
  D: 'date',
  '4L': 'country of origin',
  P: 'part number of the customer',
  '1P': 'part number of the supplier',
  '2P': 'revision of the part',
  '30P': 'part number',
  Q: 'quantity',
  S: 'serial',
  '1S': 'second serial of the supplier',
  '18S': 'serial with enterprise id',
  '25S': 'serial with the id of its supplier',
  T: 'lot of the customer',
  '1T': 'lot of the supplier',
  '25T': 'lot with the id of its supplier',
  V: 'supplier',
  '18V': 'enterprise id',
  Z: 'agreed between partners',
};

/** Formats whose elements are identified, by their indicator (ISO/IEC 15434 table 2). */
const FORMATS: Readonly<Record<string, (element: string) => Fields>> = {
  '05': readElementStrings,
  '06': dataIdentifierOf,
};

const SET_UP = 'Set the scanner to send GS, RS and EOT, and scan the code again.';

/** Reads a message envelope: header, RS, blocks that each end with RS, EOT. */
export function readEnvelope(text: string): Fields {
  const body = text.slice(MESSAGE_HEADER.length);
  if (!body.startsWith(RS))
    return { wrong: `The separator RS after "${MESSAGE_HEADER}" is missing. ${SET_UP}` };
  if (!body.endsWith(RS + EOT))
    return { wrong: `The code does not end with RS EOT: its end is missing. ${SET_UP}` };
  const blocks = body.slice(1, -2).split(RS);
  const fields: Field[] = [];
  for (const block of blocks) {
    const read = readBlock(block);
    if ('wrong' in read) return read;
    fields.push(...read.fields);
  }
  return { fields };
}

function readBlock(block: string): Fields {
  const [indicator, ...elements] = block.split(GS);
  const read = FORMATS[indicator!];
  if (!read)
    return {
      wrong: `Format "${indicator!.slice(0, 6)}" is not known; use ${Object.keys(FORMATS).join(' or ')}.`,
    };
  const fields: Field[] = [];
  for (const element of elements) {
    const found = read(element);
    if ('wrong' in found) return found;
    fields.push(...found.fields);
  }
  return fields.length === 0 ? { wrong: 'The code has no data.' } : { fields };
}

function dataIdentifierOf(element: string): Fields {
  const [, id, value] = /^(\d{0,3}[A-Z])(.*)$/.exec(element) ?? [];
  if (id === undefined || !value)
    return { wrong: `"${element.slice(0, 12)}" has no data identifier with a value.` };
  return { fields: [{ id, title: DATA_IDENTIFIERS[id] ?? 'other data', value }] };
}
