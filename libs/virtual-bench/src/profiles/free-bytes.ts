import type { FreeByte, FreeBytes } from './unique-id.ts';

const decimal = (from: number, to: number): FreeByte => ({ from, to, decimal: true });
const ANY: FreeByte = { from: 0x00, to: 0xff };
const ASCII_DIGIT: FreeByte = { from: 0x30, to: 0x39 };
const ASCII_LETTER: FreeByte = { from: 0x41, to: 0x5a };
/** Decimal codes of the characters 0 to 9 and A to Z. */
const DIGIT_CODE = decimal(48, 57);
const LETTER_CODE = decimal(65, 90);
/** Wafers of a lot, and a place on the wafer. */
const WAFER = decimal(1, 25);
const PLACE = decimal(0, 99);

/**
 * Unique ids by family. Sources: ids published of parts of each kind. In those of ST every byte after the third reads
 * as two decimal digits: the codes of four characters of the lot, the code of W or C, a number up to 25 and two more.
 */
export const FREE_BYTES = {
  st: [
    ...[null, { from: 0x60, to: 0x6f }, null, decimal(30, 59)],
    ...[DIGIT_CODE, DIGIT_CODE, LETTER_CODE, DIGIT_CODE],
    ...[null, WAFER, PLACE, PLACE],
  ],
  cks32: [
    ...[null, ANY, ANY, ANY],
    ...[null, null, ANY, ANY],
    ...[null, ASCII_LETTER, ASCII_LETTER, ASCII_DIGIT],
  ],
  apm32: [
    ...[ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT],
    ...[null, ANY, null, ANY],
    ...[null, ASCII_DIGIT, ASCII_DIGIT, ASCII_LETTER],
  ],
  gd32: [
    ...[ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT],
    ...[ASCII_DIGIT, ASCII_LETTER, ASCII_DIGIT, ASCII_DIGIT],
    ...[ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT],
  ],
  ch32: [...[ANY, ANY, null, null], ...[ANY, ANY, ANY, ANY], ...[null, null, null, null]],
  hk32: [
    ...[ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT, null],
    ...[null, ANY, ASCII_DIGIT, ASCII_DIGIT],
    ...[ASCII_DIGIT, null, ASCII_DIGIT, ASCII_DIGIT],
  ],
  mh2103: [
    ...[null, null, null, { from: 0xb0, to: 0xbf }],
    ...[ANY, ANY, ANY, ANY],
    ...[null, ANY, ANY, ANY],
  ],
  air32cc: [
    ...[null, null, null, { from: 0xc0, to: 0xcf }],
    ...[ANY, ANY, ANY, ANY],
    ...[null, ANY, ANY, ANY],
  ],
  /** The last byte is the number of the project. */
  at32: [...[ANY, ANY, ANY, ANY], ...[ANY, ANY, ANY, ANY], ...[null, ANY, null, null]],
  /** Parts whose ids nobody has published: any bytes, unlike ST's in the first one. */
  unknown: [
    ...[{ from: 0x20, to: 0x3f }, ANY, ANY, ANY],
    ...[ANY, ANY, ANY, ANY],
    ...[null, null, null, ANY],
  ],
  /** Place on the wafer, then characters of the lot and the wafer's number (RM0091 33.1). */
  f0: [
    ...[null, { from: 0x00, to: 0x7f }, null, { from: 0x00, to: 0x7f }],
    ...[ASCII_DIGIT, ASCII_DIGIT, ASCII_LETTER, { from: 1, to: 25 }],
    ...[null, ASCII_DIGIT, ASCII_DIGIT, ASCII_DIGIT],
  ],
  /** The whole lot has one id. */
  none: Array<null>(12).fill(null),
} as const satisfies Readonly<Record<string, FreeBytes>>;
