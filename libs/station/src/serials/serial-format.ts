import type { CheckDigit, SerialFormat } from '@boardwalk/contracts';

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

const CHECKS: Readonly<Record<CheckDigit, (digits: string, alphabet: string, prefix: string) => string>> = {
  none: () => '',
  luhn: (digits, alphabet) => luhn(digits, alphabet),
  gs1: (digits, _alphabet, prefix) => gs1(prefix + digits),
  mod97: (digits, _alphabet, prefix) => mod97(prefix + digits),
};

/** ISO/IEC 7812-1 annex B for decimal digits; the same sum modulo the alphabet's size for others. */
function luhn(digits: string, alphabet: string): string {
  const size = alphabet.length;
  let sum = 0;
  for (const [fromRight, character] of [...digits].reverse().entries()) {
    const value = alphabet.indexOf(character) * (fromRight % 2 === 0 ? 2 : 1);
    sum += Math.floor(value / size) + (value % size);
  }
  return alphabet[(size - (sum % size)) % size]!;
}

/** GS1 General Specifications §7.9: weights 3 and 1 from the right. */
function gs1(digits: string): string {
  let sum = 0;
  for (const [fromRight, character] of [...digits].reverse().entries())
    sum += Number(character) * (fromRight % 2 === 0 ? 3 : 1);
  return String((10 - (sum % 10)) % 10);
}

/** ISO/IEC 7064 MOD 97-10, letters counted as 10 to 35. */
function mod97(text: string): string {
  let remainder = 0;
  for (const character of `${text}00`.toUpperCase())
    for (const digit of String(parseInt(character, 36))) remainder = (remainder * 10 + Number(digit)) % 97;
  return String(98 - remainder).padStart(2, '0');
}
