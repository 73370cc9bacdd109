import { hexDigits } from '@boardwalk/contracts';

/** How far a probe's serial string can be trusted. */
export type SerialState = 'ok' | 'repaired' | 'missing' | 'odd' | 'duplicate';

export interface RepairedSerial {
  /** 24 upper-case hex digits where they could be had, else the printable part as sent; null without one. */
  readonly serial: string | null;
  /** The string's UTF-16 units as bytes, in hex (two bytes, big-endian, where a unit needs them). */
  readonly raw: string | null;
  readonly state: Exclude<SerialState, 'duplicate'>;
}

const HEX_SERIAL = /^[0-9A-F]{24}$/i;
const RAW_UNITS = 12;
const ONE_BYTE = 0x100;

/**
 * Repairs a serial string. Old V2 firmware and clones send the twelve bytes themselves, one a UTF-16 unit, instead
 * of 24 hex digits (OpenOCD's alternate serial; pyOCD and probe-rs alike). A byte of 0 ends the string on Linux,
 * so that fewer units may arrive: such a serial is `odd` and kept as sent.
 */
export function repairSerial(text: string | undefined): RepairedSerial {
  if (text === undefined || text === '') return { serial: null, raw: null, state: 'missing' };
  const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const raw = units.map(hexUnit).join('');
  if (HEX_SERIAL.test(text)) return { serial: text.toUpperCase(), raw, state: 'ok' };
  if (text.length === RAW_UNITS && units.every((unit) => unit < ONE_BYTE)) {
    return { serial: raw, raw, state: 'repaired' };
  }
  const printable = units.map((unit) => (unit > 0x20 && unit < 0x7f ? String.fromCharCode(unit) : '?'));
  return { serial: printable.join(''), raw, state: 'odd' };
}

function hexUnit(unit: number): string {
  return hexDigits(unit, unit < ONE_BYTE ? 2 : 4).toUpperCase();
}
