import { NOP } from '../assembly.ts';
import type { Unit } from '../block.ts';

const UNMAPPED = 0x60000000;
const BIT_BAND = 0x22000000;

/** Encodings of ARMv7-M that are undefined in ARMv6-M. IT, CBZ and CBNZ are missing: QEMU executes them. */
const ABSENT = [
  ['MOVW', 0xf240, 0x0000],
  ['MOVT', 0xf2c0, 0x0000],
  ['MOV.W', 0xf04f, 0x0000],
  ['ADD.W', 0xeb00, 0x0000],
  ['LDR.W', 0xf8d0, 0x0000],
  ['STR.W', 0xf8c0, 0x0000],
  ['LDRD', 0xe9d0, 0x0100],
  ['LDMDB', 0xe910, 0x0006],
  ['B.W', 0xf000, 0xb800],
  ['B<c>.W', 0xf000, 0x8000],
  ['NOP.W', 0xf3af, 0x8000],
  ['CLREX', 0xf3bf, 0x8f2f],
  ['UDIV', 0xfbb0, 0xf0f0],
  ['SDIV', 0xfb90, 0xf0f0],
  ['MLA', 0xfb00, 0x0000],
  ['UMULL', 0xfba0, 0x0100],
  ['CLZ', 0xfab0, 0xf080],
  ['RBIT', 0xfa90, 0xf0a0],
  ['BFI', 0xf360, 0x0007],
  ['UBFX', 0xf3c0, 0x0007],
  ['TBB', 0xe8d0, 0xf000],
  ['LDREX', 0xe850, 0x0f00],
  ['STREX', 0xe840, 0x0100],
  ['SSAT', 0xf300, 0x0007],
  ['coprocessor', 0xee00, 0x0010],
  ['UDF (T2)', 0xf7f0, 0xa000],
] as const;

export const ABSENT_NAMES = ABSENT.map(([name]) => `undefined: ${name}`);

const absent: Unit = ({ code, random }) => {
  const [name, first, second] = random.pick(ABSENT);
  code.test(`undefined: ${name}`, [first, second]);
};

const undefinedNarrow: Unit = ({ code, random }) => code.test('UDF (T1)', [0xde00 | random.below(256)]);

const breakpoint: Unit = ({ code, random }) => code.test('BKPT', [0xbe00 | random.below(0xab)]);

const unaligned: Unit = ({ code, draw, random }) => {
  const n = draw.holding(draw.place(4) + random.between(1, 3), true);
  const odd = draw.holding(draw.place(2) + 1, true, [n]);
  const [name, opcode, base] = random.pick([
    ['LDR unaligned', 0x6800, n],
    ['STR unaligned', 0x6000, n],
    ['LDRH unaligned', 0x8800, odd],
    ['STRH unaligned', 0x8000, odd],
  ] as const);
  code.test(name, [opcode | (base << 3) | draw.lowTarget()]);
};

const unalignedMultiple: Unit = ({ code, draw, random }) => {
  const n = draw.holding(draw.place(4) + random.between(1, 3), true);
  const load = random.chance(0.5);
  code.test(load ? 'LDM unaligned' : 'STM unaligned', [
    (load ? 0xc800 : 0xc000) | (n << 8) | (n === 7 ? 1 : 0x80),
  ]);
};

const unmapped: Unit = ({ code, draw, random }) => {
  const n = draw.holding(random.pick([UNMAPPED, BIT_BAND]) + random.below(64) * 4, true);
  const opcode = random.pick([0x6000, 0x6800, 0x7000, 0x7800, 0x8000, 0x8800]);
  code.test('unmapped access', [opcode | (n << 3) | draw.lowTarget()]);
};

const thumbBitLost: Unit = ({ code, draw }) => {
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
  if (code.address % 4 === 0) code.emit(NOP);
  code.test('BX to an even address', [0x4700 | (m << 3)]);
  code.patchWord(at, m, code.address);
};

const nowhere: Unit = ({ code, draw }) => {
  const m = draw.holding(UNMAPPED + 1);
  draw.forget(14);
  code.test('BLX to nowhere', [0x4780 | (m << 3)]);
};

/** Units that end in a HardFault; the handler of the program steps over them. `absent` has the most to draw from. */
export const FAULTING: readonly Unit[] = [
  ...[absent, absent, absent, absent, undefinedNarrow, breakpoint],
  ...[unaligned, unalignedMultiple, unmapped, thumbBitLost, nowhere],
];
