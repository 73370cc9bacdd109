import type { Field } from './gs1.ts';

/** The identifiers of a serial, the first that is there counts; and how a code without one is put right. */
const SERIALS = {
  gs1: { ids: ['21'], missing: 'It has no serial (21).' },
  iso15434: { ids: ['S', '25S', '18S', '1S', '21'], missing: 'It has no serial (data identifier S).' },
  json: {
    ids: ['sn', 'serial', 'serialnumber', 'serialno', 'serialnr'],
    missing: 'It has no field "serial" or "sn".',
  },
} as const;

/** A field whose value ran on because the separator after it was not sent. */
const RUN_ON = /.21.{2,}/;

type SerialField =
  | { readonly value: string; readonly missing: null }
  | { readonly value: null; readonly missing: string }
  | { readonly several: string };

/** The serial among the fields of a code. */
export function serialFieldOf(kind: keyof typeof SERIALS, fields: readonly Field[]): SerialField {
  const { ids, missing } = SERIALS[kind];
  const found = ids.flatMap((id) => fields.filter((field) => field.id === id));
  const [first] = found;
  const alike = found.filter(({ id }) => kind === 'json' || id === first?.id);
  const other = alike.find(({ value }) => value !== first!.value);
  if (other)
    return {
      several: `The code has two serials, ${first!.value} and ${other.value}. Print a label with one.`,
    };
  if (first) return { value: first.value, missing: null };
  const last = fields.at(-1);
  const ranOn = kind === 'gs1' && last !== undefined && RUN_ON.test(last.value);
  const hint = ` (${last?.id}) may contain it: set the scanner to send the separator GS (0x1D).`;
  return { value: null, missing: ranOn ? `${missing}${hint}` : missing };
}
