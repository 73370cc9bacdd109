import {
  OPTION_FIELDS,
  SERIES,
  type Line,
  type OptionField,
  type OptionLayout,
  type Series,
} from '@boardwalk/series';

/**
 * The option bytes of a chip by ST's names, as its series and line have them. `WRP` has a bit for each 4 KiB (2 pages
 * of 2 KiB): 0 protects.
 */
export interface OptionBytes {
  /** One value leaves flash readable, anything else protects it. */
  readonly RDP: number;
  readonly [name: string]: number;
}
export type OptionName = string;

/** The options of one chip: which there are, and where. */
export interface ChipOptions {
  readonly layout: OptionLayout;
  readonly fields: readonly (readonly [name: OptionName, field: OptionField])[];
}

export function optionsOf({ options: layout }: Series, line: Line | null): ChipOptions {
  const fields = Object.entries(layout.fields).filter(
    ([, { lines }]) => lines === undefined || line === null || lines.includes(line.deviceId),
  );
  return { layout, fields };
}

/** Of the first series, where nobody says which. */
const USUAL = optionsOf(SERIES[0]!, null);
/** The options that any chip has. */
export const OPTION_NAMES: readonly OptionName[] = [...OPTION_FIELDS.keys()];

/** The largest value an option takes. */
export function mostOf(name: OptionName): number {
  return mostIn(OPTION_FIELDS.get(name)!);
}

const mostIn = ({ bits }: OptionField): number => 2 ** bits - 1;

/** What option bytes mean. A byte whose complement is wrong counts as 0xff, as the chip loads it. */
export function decodeOptions(raw: Uint8Array, { layout, fields }: ChipOptions = USUAL): OptionBytes {
  const loaded = layout.factory.map((_, i) => {
    const [value, complement] = [raw[2 * i]!, raw[2 * i + 1]!];
    return (value ^ complement) === 0xff ? value : 0xff;
  });
  return decodeBytes(Uint8Array.from(loaded), fields);
}

export function decodeBytes(bytes: Uint8Array, fields: ChipOptions['fields']): OptionBytes {
  const entries = fields.map(([name, field]) => {
    const { byte, bit, bits } = field;
    if (bits === 32) return [name, new DataView(bytes.buffer).getUint32(byte, true)] as const;
    return [name, (bytes[byte]! >>> bit) & mostIn(field)] as const;
  });
  return Object.fromEntries(entries) as unknown as OptionBytes;
}

/** The eight bytes to program; their complements are the chip's work. Bits without a name stay as they are. */
export function encodeOptions(
  options: OptionBytes,
  before: Uint8Array,
  { layout, fields }: ChipOptions = USUAL,
): Uint8Array {
  // Bits without a name that a fresh part has as 1 are written as 1.
  const bytes = Uint8Array.from(
    layout.factory,
    (fresh, i) => before[2 * i]! | (fresh & ~namedBits(fields, i)),
  );
  for (const [name, field] of fields) {
    const { byte, bit, bits } = field;
    const value = options[name]!;
    if (bits === 32) new DataView(bytes.buffer).setUint32(byte, value, true);
    else bytes[byte] = (bytes[byte]! & ~(mostIn(field) << bit)) | (value << bit);
  }
  return bytes;
}

function namedBits(fields: ChipOptions['fields'], byte: number): number {
  return fields
    .filter(([, field]) => byte >= field.byte && byte < field.byte + Math.ceil(field.bits / 8))
    .reduce((mask, [, field]) => mask | (field.bits === 32 ? 0xff : mostIn(field) << field.bit), 0);
}

export function isProtected({ RDP }: OptionBytes, { layout }: ChipOptions): boolean {
  return RDP !== layout.readProtection.off;
}

/** The options that differ, in the chip's order. */
export function changedOptions(
  before: OptionBytes,
  after: OptionBytes,
): { readonly name: OptionName; readonly from: number; readonly to: number }[] {
  return Object.keys(after)
    .filter((name) => before[name] !== after[name])
    .map((name) => ({ name, from: before[name]!, to: after[name]! }));
}
