import type { Draw } from './draw.ts';
import { form, type Form } from './form.ts';

const SP = 13;

/** i:imm3:imm8 of a modified immediate, without the UNPREDICTABLE patterns of zero (A5.3.2). */
function modifiedImmediate(d: Draw): number {
  if (d.random.chance(0.5)) return d.random.between(0x400, 0xfff);
  const pattern = d.random.below(4);
  return (pattern << 8) | (pattern === 0 ? d.random.below(256) : d.random.between(1, 255));
}

const spread = (imm12: number): readonly [number, number] => [
  (imm12 >>> 1) & 0x400,
  ((imm12 << 4) & 0x7000) | (imm12 & 0xff),
];

/** imm3:imm2 of a shift, in the second half-word. */
const shiftAmount = (imm5: number): number => ((imm5 & 0x1c) << 10) | ((imm5 & 3) << 6);

interface Operation {
  readonly name: string;
  readonly opcode: number;
  /** Rd is 1111 and flags are set: TST, TEQ, CMN, CMP. */
  readonly compares?: true;
  /** Rn is 1111: MOV, MVN. */
  readonly moves?: true;
  /** Rn may be SP. */
  readonly fromStack?: true;
}

const OPERATIONS: readonly Operation[] = [
  { name: 'AND', opcode: 0 },
  { name: 'TST', opcode: 0, compares: true },
  { name: 'BIC', opcode: 1 },
  { name: 'ORR', opcode: 2 },
  { name: 'MOV', opcode: 2, moves: true },
  { name: 'ORN', opcode: 3 },
  { name: 'MVN', opcode: 3, moves: true },
  { name: 'EOR', opcode: 4 },
  { name: 'TEQ', opcode: 4, compares: true },
  { name: 'ADD', opcode: 8, fromStack: true },
  { name: 'CMN', opcode: 8, compares: true, fromStack: true },
  { name: 'ADC', opcode: 10 },
  { name: 'SBC', opcode: 11 },
  { name: 'SUB', opcode: 13, fromStack: true },
  { name: 'CMP', opcode: 13, compares: true, fromStack: true },
  { name: 'RSB', opcode: 14 },
];

function firstOperand(d: Draw, operation: Operation): number {
  if (operation.moves) return 15;
  return operation.fromStack && d.random.chance(0.1) ? SP : d.any();
}

const MODIFIED_IMMEDIATES = OPERATIONS.map((operation) =>
  form(`${operation.name}.W (immediate)`, (d) => {
    const [high, low] = spread(modifiedImmediate(d));
    const flags = operation.compares || d.random.chance(0.5) ? 0x10 : 0;
    const n = firstOperand(d, operation);
    const rd = operation.compares ? 15 : d.target();
    return [0xf000 | high | (operation.opcode << 5) | flags | n, low | (rd << 8)];
  }),
);

const SHIFTED_REGISTERS = OPERATIONS.map((operation) =>
  form(`${operation.name}.W (register)`, (d) => {
    const flags = operation.compares || d.random.chance(0.5) ? 0x10 : 0;
    const n = firstOperand(d, operation);
    const shift = shiftAmount(d.random.below(32)) | (d.random.below(4) << 4);
    const m = d.any();
    const rd = operation.compares ? 15 : d.target();
    return [0xea00 | (operation.opcode << 5) | flags | n, (rd << 8) | shift | m];
  }),
);

const SHIFTS_BY_REGISTER = ['LSL', 'LSR', 'ASR', 'ROR'].map((name, opcode) =>
  form(`${name}.W (register)`, (d) => {
    const flags = d.random.chance(0.5) ? 0x10 : 0;
    return [0xfa00 | (opcode << 5) | flags | d.any(), 0xf000 | d.any() | (d.target() << 8)];
  }),
);

const PLAIN_IMMEDIATES = [
  ...(
    [
      ['ADDW', 0xf200],
      ['SUBW', 0xf2a0],
    ] as const
  ).map(([name, opcode]) =>
    form(name, (d) => {
      const [high, low] = spread(d.random.below(4096));
      const n = d.random.chance(0.1) ? SP : d.any();
      return [opcode | high | n, low | (d.target() << 8)];
    }),
  ),
  ...(
    [
      ['ADR.W (after)', 0xf20f],
      ['ADR.W (before)', 0xf2af],
    ] as const
  ).map(([name, opcode]) =>
    form(name, (d) => {
      const [high, low] = spread(d.random.below(4096));
      return [opcode | high, low | (d.target() << 8)];
    }),
  ),
  ...(
    [
      ['MOVW', 0xf240],
      ['MOVT', 0xf2c0],
    ] as const
  ).map(([name, opcode]) =>
    form(name, (d) => {
      const [high, low] = spread(d.random.below(4096));
      return [opcode | high | d.random.below(16), low | (d.target() << 8)];
    }),
  ),
];

const SATURATIONS = (
  [
    ['SSAT', 0xf300],
    ['USAT', 0xf380],
  ] as const
).map(([name, opcode]) =>
  form(name, (d) => {
    // ASR #0 would be SSAT16 and USAT16, which this core does not have.
    const arithmetic = d.random.chance(0.5);
    const amount = arithmetic ? d.random.between(1, 31) : d.random.below(32);
    const n = d.any();
    return [
      opcode | (arithmetic ? 0x20 : 0) | n,
      shiftAmount(amount) | (d.target() << 8) | d.random.below(32),
    ];
  }),
);

const BIT_FIELDS = [
  ...(
    [
      ['SBFX', 0xf340],
      ['UBFX', 0xf3c0],
    ] as const
  ).map(([name, opcode]) =>
    form(name, (d) => {
      const lsb = d.random.below(32);
      const n = d.any();
      return [opcode | n, shiftAmount(lsb) | (d.target() << 8) | d.random.below(32 - lsb)];
    }),
  ),
  ...['BFI', 'BFC'].map((name) =>
    form(name, (d) => {
      const lsb = d.random.below(32);
      const n = name === 'BFC' ? 15 : d.any();
      return [0xf360 | n, shiftAmount(lsb) | (d.target() << 8) | d.random.between(lsb, 31)];
    }),
  ),
];

const EXTENSIONS = (
  [
    ['SXTH.W', 0xfa0f],
    ['UXTH.W', 0xfa1f],
    ['SXTB.W', 0xfa4f],
    ['UXTB.W', 0xfa5f],
  ] as const
).map(([name, opcode]) =>
  form(name, (d) => [opcode, 0xf080 | (d.random.below(4) << 4) | d.any() | (d.target() << 8)]),
);

const ONE_OPERAND = (
  [
    ['REV.W', 0xfa90, 0xf080],
    ['REV16.W', 0xfa90, 0xf090],
    ['RBIT', 0xfa90, 0xf0a0],
    ['REVSH.W', 0xfa90, 0xf0b0],
    ['CLZ', 0xfab0, 0xf080],
  ] as const
).map(([name, first, second]) =>
  form(name, (d) => {
    const m = d.any();
    return [first | m, second | m | (d.target() << 8)];
  }),
);

const MULTIPLIES = [
  form('MUL.W', (d) => [0xfb00 | d.any(), 0xf000 | d.any() | (d.target() << 8)]),
  form('MLA', (d) => [0xfb00 | d.any(), (d.any() << 12) | d.any() | (d.target() << 8)]),
  form('MLS', (d) => [0xfb00 | d.any(), (d.any() << 12) | 0x10 | d.any() | (d.target() << 8)]),
  form('SDIV', (d) => [0xfb90 | d.any(), 0xf0f0 | d.any() | (d.target() << 8)]),
  form('UDIV', (d) => [0xfbb0 | d.any(), 0xf0f0 | d.any() | (d.target() << 8)]),
  ...(
    [
      ['SMULL', 0xfb80],
      ['UMULL', 0xfba0],
      ['SMLAL', 0xfbc0],
      ['UMLAL', 0xfbe0],
    ] as const
  ).map(([name, opcode]) =>
    form(name, (d) => {
      const low = d.target();
      return [opcode | d.any(), (low << 12) | d.any() | (d.target([low]) << 8)];
    }),
  ),
];

const HINTS = [
  form('NOP.W', () => [0xf3af, 0x8000]),
  form('YIELD.W', () => [0xf3af, 0x8001]),
  form('SEV.W', () => [0xf3af, 0x8004]),
  form('CLREX', () => [0xf3bf, 0x8f2f]),
  form('DSB', () => [0xf3bf, 0x8f4f]),
  form('DMB', () => [0xf3bf, 0x8f5f]),
  form('ISB', () => [0xf3bf, 0x8f6f]),
];

/** 32-bit encodings that work on registers alone. */
export const FORMS_32: readonly Form[] = [
  ...MODIFIED_IMMEDIATES,
  ...SHIFTED_REGISTERS,
  ...SHIFTS_BY_REGISTER,
  ...PLAIN_IMMEDIATES,
  ...SATURATIONS,
  ...BIT_FIELDS,
  ...EXTENSIONS,
  ...ONE_OPERAND,
  ...MULTIPLIES,
  ...HINTS,
];
