import { NOP, type MoveWord } from '../assembly.ts';

const PUSH_R0 = 0xb401;
const POP_R0 = 0xbc01;

/** LDR (literal) and a branch over the word. High registers get it by way of r0, which is saved on the stack. */
export const moveWordThumb1: MoveWord = (address, register, value) => {
  const high = register > 7;
  const load = address + (high ? 2 : 0);
  const padding = load % 4 === 0 ? [] : [NOP];
  const literal = load + 4 + 2 * padding.length;
  const words = (literal - ((load + 4) & ~3)) / 4;
  const overLiteral = 0xe000 | ((literal + 4 - (load + 6)) / 2);
  return [
    ...(high ? [PUSH_R0] : []),
    ...[0x4800 | ((high ? 0 : register) << 8) | words, overLiteral],
    ...[...padding, value & 0xffff, value >>> 16],
    ...(high ? [0x4680 | (register & 7), POP_R0] : []),
  ];
};
