/** How far a probe's serial string can be trusted. */
export type SerialState = 'ok' | 'repaired' | 'missing' | 'odd' | 'duplicate';

export interface RepairedSerial {
  /** 24 upper-case hex digits where it could be had, else the string as sent; null without one. */
  readonly serial: string | null;
  /** The string's UTF-16 units as bytes, in hex: what the device really sent. */
  readonly raw: string | null;
  readonly state: Exclude<SerialState, 'duplicate'>;
}

const HEX_SERIAL = /^[0-9A-F]{24}$/;
const RAW_UNITS = 12;

/**
 * Repairs a serial string. Old V2 firmware and clones send the twelve bytes themselves, one a UTF-16 unit,
 * instead of 24 hex digits (as OpenOCD's alternate serial and pyOCD treat it).
 */
export function repairSerial(text: string | undefined): RepairedSerial {
  if (text === undefined || text === '') return { serial: null, raw: null, state: 'missing' };
  const unitsOf = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
  const raw = unitsOf
    .map((unit) => (unit & 0xff).toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();
  if (HEX_SERIAL.test(text.toUpperCase())) return { serial: text.toUpperCase(), raw, state: 'ok' };
  if (text.length === RAW_UNITS && unitsOf.every((unit) => unit < 0x100))
    return { serial: raw, raw, state: 'repaired' };
  const printable = [...text].map((char) => (/[\x21-\x7e]/.test(char) ? char : '?')).join('');
  return { serial: printable, raw, state: 'odd' };
}
