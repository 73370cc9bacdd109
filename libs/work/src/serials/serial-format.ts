import type { SerialFormat } from '@boardwalk/contracts';
import { CHECKS } from '../scan/check-digits.ts';

const DECIMAL = '0123456789';
const ALPHABETS = { decimal: DECIMAL, hex: `${DECIMAL}ABCDEF`, 'hex-lower': `${DECIMAL}abcdef` };

/** The characters that count, the first as zero. */
export function alphabetOf({ digits, alphabet }: SerialFormat): string {
  return digits === 'alphabet' ? (alphabet ?? DECIMAL) : ALPHABETS[digits];
}

/** The largest number that a format's width holds, or that a computer counts exactly. */
export function largestOf(format: SerialFormat): number {
  return Math.min(alphabetOf(format).length ** format.width - 1, Number.MAX_SAFE_INTEGER);
}

/** Spells a number: prefix, digits, check characters, suffix. */
export function formatSerial(format: SerialFormat, number: number): string {
  const alphabet = alphabetOf(format);
  let digits = '';
  for (let rest = number; rest > 0; rest = Math.floor(rest / alphabet.length))
    digits = alphabet[rest % alphabet.length]! + digits;
  digits = digits.padStart(format.width, alphabet[0]);
  const check = CHECKS[format.check](digits, alphabet, format.prefix);
  return `${format.prefix}${digits}${check}${format.suffix}`;
}
