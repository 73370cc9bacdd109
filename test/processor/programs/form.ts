import type { Draw } from './draw.ts';

/**
 * One encoding of one instruction (ARM DDI0403, chapter A7), with registers and immediates to be drawn. Only
 * what the architecture defines is drawn: the UNPREDICTABLE conditions of each encoding are kept out here.
 */
export interface Form {
  readonly name: string;
  /** Half-words of one instance; what it needs in registers is emitted before. */
  readonly encode: (draw: Draw) => readonly number[];
  /** False where the encoding may not stand in an IT block. */
  readonly inItBlock?: false;
}

export const form = (name: string, encode: Form['encode']): Form => ({ name, encode });
export const outsideIt = (name: string, encode: Form['encode']): Form => ({ name, encode, inItBlock: false });
