/** The lower-case hex digits of a number, at least so many. */
export function hexDigits(value: number, digits = 1): string {
  return value.toString(16).padStart(digits, '0');
}

/** A number as people read it: 0x and at least so many lower-case digits. */
export function hex(value: number, digits = 1): string {
  return `0x${hexDigits(value, digits)}`;
}

/** A byte: 0x and two digits. */
export function hexByte(value: number): string {
  return hex(value, 2);
}

/** An address or a 32-bit register, for people, REST and the database: 0x and eight digits. */
export function hex32(value: number): string {
  return hex(value >>> 0, 8);
}
