import { hex32 } from '@boardwalk/contracts';
import { SERIES } from '@boardwalk/series';

/** Why a word cannot have been read from the register it is said to come from; null: it can. */
export type Doubt = string | null;

/**
 * Leftovers of a probe's buffer that debuggers have printed as identities, and the address of IDCODE itself (public issue
 * threads of stlink and Black Magic).
 */
const LEFTOVERS: ReadonlySet<number> = new Set([
  ...[0x10, 0x3e8, 0x748, 0x3748, 0x4278b7, 0x5fa0004],
  ...SERIES.map(({ blocks }) => blocks.debugUnit),
]);

/** A global that judging every stored identity uses a few million times, looked up once. */
const parse = parseInt;
const HEX = 16;

/** A word of the record as a number; null where it is missing. */
export function wordOf(text: string | null | undefined): number | null {
  return text == null ? null : parse(text, HEX);
}

export const wordsOf = (texts: readonly string[]): number[] => texts.map((text) => parse(text, HEX));

/** Whether a word is one that a probe hands out in place of a reading. */
export const isLeftover = (word: number): boolean => LEFTOVERS.has(word);

export const isBlank = (word: number): boolean => word === 0 || word === 0xffffffff;

/** The doubt of a register of which zero can be the true value. */
export function leftoverDoubt(word: number): Doubt {
  if (word === 0xffffffff) return 'it reads as all ones';
  return isLeftover(word) ? `${hex32(word)} is a leftover of the probe’s buffer` : null;
}

/** The doubt of a register that is never zero. */
export function blankDoubt(word: number): Doubt {
  return word === 0 ? 'it reads as zero' : leftoverDoubt(word);
}

const ARM_DESIGNER = 0x477;
const ARM_IMPLEMENTER = 0x41;
/** CPUID bits 19:16: ARMv6-M and ARMv7-M (ARM DDI0419 B3.2.3, DDI0403 B3.2.3). */
const ARCHITECTURES = [0xc, 0xf];

/** Every debug port of the cores here is ARM's: bits 11:0 are its designer code (ARM IHI0031, DPIDR). */
export function dpidrDoubt(word: number): Doubt {
  return blankDoubt(word) ?? unless((word & 0xfff) === ARM_DESIGNER, word, 'ARM’s code in bits 11:0');
}

/** Bits 27:16 are ARM's code and the class "memory access port" (ARM IHI0031, IDR). */
export function apIdrDoubt(word: number): Doubt {
  return (
    blankDoubt(word) ?? unless(((word >>> 16) & 0xfff) === ARM_DESIGNER, word, 'ARM’s code in bits 27:16')
  );
}

export function cpuidDoubt(word: number): Doubt {
  const fits = word >>> 24 === ARM_IMPLEMENTER && ARCHITECTURES.includes((word >>> 16) & 15);
  return blankDoubt(word) ?? unless(fits, word, 'ARM’s implementer code 0x41 and an architecture');
}

function unless(fits: boolean, word: number, lacks: string): Doubt {
  return fits ? null : `${hex32(word)} has not ${lacks}`;
}
