import type { SerialFormat } from '@boardwalk/contracts';
import { CHECKS } from '../scan/check-digits.ts';
import { alphabetOf } from './serial-format.ts';

/** The number that a serial spells in a format, or a sentence about where it differs. */
export function readSerial(format: SerialFormat, serial: string): { number: number } | { wrong: string } {
  const alphabet = alphabetOf(format);
  const { prefix, suffix, width, check } = format;
  if (!serial.startsWith(prefix)) return { wrong: `it must begin with "${prefix}"` };
  if (!serial.endsWith(suffix)) return { wrong: `it must end with "${suffix}"` };
  const body = serial.slice(prefix.length, serial.length - suffix.length);
  const checkLength = CHECKS[check](alphabet[0]!.repeat(width), alphabet, prefix).length;
  if (body.length !== width + checkLength) {
    const length = prefix.length + width + checkLength + suffix.length;
    return { wrong: `it has ${[...serial].length} characters and must have ${length}` };
  }
  const digits = body.slice(0, width);
  const bad = [...digits].find((digit) => !alphabet.includes(digit));
  if (bad !== undefined) return { wrong: `"${bad}" is not one of its digits ${alphabet}` };
  const wanted = CHECKS[check](digits, alphabet, prefix);
  if (body.slice(width) !== wanted)
    return { wrong: `its ${check} check is ${body.slice(width)} and must be ${wanted}` };
  let number = 0;
  for (const digit of digits) number = number * alphabet.length + alphabet.indexOf(digit);
  return { number };
}
