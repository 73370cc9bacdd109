import { form, outsideIt, type Form } from './form.ts';

const SP = 13;
const PC = 15;

const IMMEDIATE_SHIFTS = ['LSL', 'LSR', 'ASR'].map((name, opcode) =>
  form(`${name} (immediate, T1)`, (d) => {
    // LSL #0 is MOV (register, T2), which may not stand in an IT block; it has a row of its own.
    const amount = opcode === 0 ? d.random.between(1, 31) : d.random.below(32);
    return [(opcode << 11) | (amount << 6) | (d.low() << 3) | d.lowTarget()];
  }),
);

const ADD_SUBTRACT = [
  form('ADD (register, T1)', (d) => [0x1800 | (d.low() << 6) | (d.low() << 3) | d.lowTarget()]),
  form('SUB (register, T1)', (d) => [0x1a00 | (d.low() << 6) | (d.low() << 3) | d.lowTarget()]),
  form('ADD (immediate, T1)', (d) => [0x1c00 | (d.random.below(8) << 6) | (d.low() << 3) | d.lowTarget()]),
  form('SUB (immediate, T1)', (d) => [0x1e00 | (d.random.below(8) << 6) | (d.low() << 3) | d.lowTarget()]),
  form('MOV (immediate, T1)', (d) => [0x2000 | (d.lowTarget() << 8) | d.random.below(256)]),
  form('CMP (immediate, T1)', (d) => [0x2800 | (d.low() << 8) | d.random.below(256)]),
  form('ADD (immediate, T2)', (d) => [0x3000 | (d.lowTarget() << 8) | d.random.below(256)]),
  form('SUB (immediate, T2)', (d) => [0x3800 | (d.lowTarget() << 8) | d.random.below(256)]),
];

/** Opcode 010000, by its four bits; those that compare write no register. */
const LOW_REGISTERS = [
  'AND',
  'EOR',
  'LSL',
  'LSR',
  'ASR',
  'ADC',
  'SBC',
  'ROR',
  'TST',
  'RSB',
  'CMP',
  'CMN',
  'ORR',
  'MUL',
  'BIC',
  'MVN',
].map((name, opcode) =>
  form(`${name} (register, T1)`, (d) => {
    const compares = opcode === 8 || opcode === 10 || opcode === 11;
    return [0x4000 | (opcode << 6) | (d.low() << 3) | (compares ? d.low() : d.lowTarget())];
  }),
);

const split = (register: number): number => ((register & 8) << 4) | (register & 7);

const HIGH_REGISTERS = [
  form('ADD (register, T2)', (d) => {
    const m = d.random.chance(0.1) ? PC : d.random.chance(0.1) ? SP : d.any();
    return [0x4400 | (m << 3) | split(d.target())];
  }),
  form('CMP (register, T2)', (d) => {
    const n = d.random.chance(0.1) ? SP : d.random.between(8, 12);
    return [0x4500 | (d.any() << 3) | split(n)];
  }),
  form('MOV (register, T1)', (d) => {
    const m = d.random.chance(0.1) ? PC : d.random.chance(0.1) ? SP : d.any();
    return [0x4600 | (m << 3) | split(d.target())];
  }),
  outsideIt('MOV (register, T2)', (d) => [(d.low() << 3) | d.lowTarget()]),
];

const EXTENSIONS = ['SXTH', 'SXTB', 'UXTH', 'UXTB'].map((name, opcode) =>
  form(`${name} (T1)`, (d) => [0xb200 | (opcode << 6) | (d.low() << 3) | d.lowTarget()]),
);

const REVERSALS = (
  [
    ['REV', 0],
    ['REV16', 1],
    ['REVSH', 3],
  ] as const
).map(([name, opcode]) =>
  form(`${name} (T1)`, (d) => [0xba00 | (opcode << 6) | (d.low() << 3) | d.lowTarget()]),
);

const ADDRESSES = [
  form('ADR (T1)', (d) => [0xa000 | (d.lowTarget() << 8) | d.random.below(256)]),
  form('ADD (SP plus immediate, T1)', (d) => [0xa800 | (d.lowTarget() << 8) | d.random.below(256)]),
];

const HINTS = [
  form('NOP (T1)', () => [0xbf00]),
  form('YIELD (T1)', () => [0xbf10]),
  form('SEV (T1)', () => [0xbf40]),
];

/** 16-bit encodings that work on registers alone. */
export const FORMS_16: readonly Form[] = [
  ...IMMEDIATE_SHIFTS,
  ...ADD_SUBTRACT,
  ...LOW_REGISTERS,
  ...HIGH_REGISTERS,
  ...EXTENSIONS,
  ...REVERSALS,
  ...ADDRESSES,
  ...HINTS,
];
