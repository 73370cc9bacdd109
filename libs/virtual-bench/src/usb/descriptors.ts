import type { ProbeModel } from '../stlink/models.ts';

const VENDOR_ST = 0x0483;

/** Strings by index, as UTF-16 units; null where the device stalls the request. */
export type StringTable = readonly (readonly number[] | null)[];

export function units(text: string): number[] {
  return Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

/** 18 bytes, as real probes of the model send them. */
export function deviceDescriptor(model: ProbeModel, hasSerial: boolean): Uint8Array {
  const composite = model.productId !== 0x3748;
  const bytes = [18, 1, 0x00, 0x02, ...(composite ? [0xef, 0x02, 0x01] : [0, 0, 0]), 64];
  bytes.push(VENDOR_ST & 0xff, VENDOR_ST >>> 8, model.productId & 0xff, model.productId >>> 8);
  bytes.push(0x00, 0x01, 1, 2, hasSerial ? 3 : 0, 1);
  return Uint8Array.from(bytes);
}

/** One configuration with the debug interface: class FF, IN, OUT and trace endpoints in the real order. */
export function configurationDescriptor(model: ProbeModel): Uint8Array {
  const endpoint = (address: number, packetBytes: number): number[] => {
    return [7, 5, address, 2, packetBytes & 0xff, packetBytes >>> 8, 0];
  };
  const traceBytes = model.productId === 0x374b ? 32 : model.packetBytes;
  const body = [
    ...[9, 4, 0, 0, 3, 0xff, 0xff, 0xff, 4],
    ...endpoint(model.inEndpoint, model.packetBytes),
    ...endpoint(model.outEndpoint, model.packetBytes),
    ...endpoint(model.traceEndpoint, traceBytes),
  ];
  const total = body.length + 9;
  const maxPower = model.hardware === 3 ? 250 : 50;
  return Uint8Array.from([9, 2, total & 0xff, total >>> 8, 1, 1, 0, 0x80, maxPower, ...body]);
}

/** A string descriptor; index 0 lists the languages. */
export function stringDescriptor(strings: StringTable, index: number): Uint8Array | null {
  const text = index === 0 ? [0x0409] : strings[index];
  if (!text) return null;
  const bytes = [2 + text.length * 2, 3];
  for (const unit of text) bytes.push(unit & 0xff, unit >>> 8);
  return Uint8Array.from(bytes);
}

export const SERIAL_KINDS = ['good', 'raw', 'missing', 'duplicate'] as const;
/** What a serial string may be: good, raw binary as old clones send it, none, or one that others have too. */
export type SerialKind = (typeof SERIAL_KINDS)[number];
/** A kind, or the very text. */
export type SerialChoice = SerialKind | { readonly text: string };

const DUPLICATE_SERIAL = '51FF6D064984535417382087';

/** UTF-16 units of the serial; the raw form has one unit a byte, as twelve-byte serials of 2014 clones. */
export function serialUnits(kind: SerialChoice, seed: number): number[] | null {
  if (typeof kind === 'object') return units(kind.text);
  if (kind === 'missing') return null;
  const hex = kind === 'duplicate' ? DUPLICATE_SERIAL : serialHex(seed);
  if (kind !== 'raw') return units(hex);
  return Array.from({ length: 12 }, (_, i) => parseInt(hex.slice(i * 2, i * 2 + 2), 16));
}

function serialHex(seed: number): string {
  let state = (seed * 2654435761) >>> 0;
  let hex = '';
  for (let i = 0; i < 12; i += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    // No zero byte: a raw serial would end there for hosts that take strings as C does.
    hex += ((state >>> 24) | 0x10).toString(16).padStart(2, '0');
  }
  return hex.toUpperCase();
}
