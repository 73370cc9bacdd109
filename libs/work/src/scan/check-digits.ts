import type { CheckDigit } from '@boardwalk/contracts';

/** Computes the check characters of a number: its digits, the alphabet they are of, and what is written before them. */
export type Check = (digits: string, alphabet: string, prefix: string) => string;

export const CHECKS: Readonly<Record<CheckDigit, Check>> = {
  none: () => '',
  luhn: (digits, alphabet) => luhn(digits, alphabet),
  gs1: (digits, _alphabet, prefix) => gs1CheckDigit(prefix + digits),
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
export function gs1CheckDigit(digits: string): string {
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
