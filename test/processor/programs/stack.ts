import type { Unit } from './block.ts';

const SP = 13;
const LOW = [0, 1, 2, 3, 4, 5, 6, 7];
const MORE = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14];
/** Where the two stacks begin in each case; they may wander by some KiB either way. */
export const MAIN_STACK = 0x20010000;
export const PROCESS_STACK = 0x20018000;

const push: Unit = ({ code, random }) => {
  const list = random.between(1, 0x1ff);
  code.test('PUSH (T1)', [0xb400 | list]);
};

const pop: Unit = ({ code, draw }) => {
  const list = draw.targets(LOW, 3) || 1 << draw.lowTarget();
  code.test('POP (T1)', [0xbc00 | list]);
};

const pushWide: Unit = ({ code, random }) => {
  const list = (random.below(0x2000) & 0x1fff) | 0x4001 | (1 << random.between(1, 12));
  code.test('PUSH.W (T2)', [0xe92d, list]);
};

const popWide: Unit = ({ code, draw }) => {
  const first = draw.target();
  const list = draw.targets(MORE, 5, [first]) || 1 << draw.target([first]);
  code.test('POP.W (T2)', [0xe8bd, list | (1 << first)]);
};

const pushOne: Unit = ({ code, draw }) => code.test('PUSH.W (T3)', [0xf84d, 0x0d04 | (draw.any() << 12)]);

const popOne: Unit = ({ code, draw }) => code.test('POP.W (T3)', [0xf85d, 0x0b04 | (draw.target() << 12)]);

/** Not for handlers: above their SP stands the frame that they return by. */
const storeNear: Unit = ({ code, draw, random }) =>
  code.test('STR (SP, T2)', [0x9000 | (draw.low() << 8) | random.below(64)]);

const moveStack: Unit = ({ code, random }) =>
  code.test('ADD/SUB (SP, T2)', [0xb000 | (random.chance(0.5) ? 0x80 : 0) | random.below(32)]);

const moveStackWide: Unit = ({ code, random }) => {
  // SP keeps its two low bits at zero whatever is added.
  const add = random.chance(0.5);
  code.test('ADD/SUB.W (SP, T3)', [add ? 0xf10d : 0xf1ad, 0x0d00 | random.below(256)]);
};

const addRegister: Unit = ({ code, draw, random }) => {
  const m = draw.holding(random.below(256) - 128);
  code.test('ADD (SP plus register, T2)', [0x4485 | (m << 3)]);
};

const setStack: Unit = ({ code, draw, random }) => {
  const m = draw.holding(MAIN_STACK + 0x3000 + random.below(0x2000));
  code.test('MOV (register, T1) to SP', [0x4685 | (m << 3)]);
};

const loadStack: Unit = ({ code, draw, random }) => {
  const value = draw.holding(MAIN_STACK + 0x3000 + random.below(0x800) * 4);
  const n = draw.pointer({ alignment: 4, not: [value] });
  code.emit(0xf8c0 | n, value << 12);
  code.test('LDR.W (immediate) to SP', [0xf8d0 | n, SP << 12]);
};

const pushDouble: Unit = ({ code, draw }) =>
  code.test('STRD (SP, pre-indexed)', [0xe96d, (draw.any() << 12) | (draw.any() << 8) | 2]);

/** Units that move SP, by a little or to a new place inside RAM. */
export const STACK: readonly Unit[] = [
  push,
  pop,
  pushWide,
  popWide,
  pushOne,
  popOne,
  storeNear,
  moveStack,
  moveStackWide,
  addRegister,
  setStack,
  loadStack,
  pushDouble,
];
