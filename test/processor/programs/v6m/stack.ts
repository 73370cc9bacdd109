import type { Unit } from '../block.ts';

const LOW = [0, 1, 2, 3, 4, 5, 6, 7];

const push: Unit = ({ code, random }) => code.test('PUSH (T1)', [0xb400 | random.between(1, 0x1ff)]);

const pop: Unit = ({ code, draw }) =>
  code.test('POP (T1)', [0xbc00 | (draw.targets(LOW, 3) || 1 << draw.lowTarget())]);

const storeNear: Unit = ({ code, draw, random }) =>
  code.test('STR (SP, T2)', [0x9000 | (draw.low() << 8) | random.below(64)]);

const moveStack: Unit = ({ code, random }) =>
  code.test('ADD/SUB (SP, T2)', [0xb000 | (random.chance(0.5) ? 0x80 : 0) | random.below(32)]);

const addRegister: Unit = ({ code, draw, random }) =>
  code.test('ADD (SP plus register, T2)', [0x4485 | (draw.holding(random.below(256) - 128) << 3)]);

/** From a register that is a little away from SP, on any byte: the two low bits stay zero. */
const setStack: Unit = ({ code, draw, random }) => {
  const m = draw.lowTarget();
  code.emit(0x4668 | m, 0x3000 | (m << 8) | random.below(64)); // MOV m, sp; ADDS m, #imm
  code.test('MOV (register, T1) to SP', [0x4685 | (m << 3)]);
};

/** Units that move SP by a little. */
export const STACK: readonly Unit[] = [push, pop, storeNear, moveStack, addRegister, setStack];
