import { moveWord, NOP } from './assembly.ts';
import type { Unit } from './block.ts';

/** Nothing answers here, on either side. */
const UNMAPPED = 0x60000000;
/** Never executable (B3.1, the default memory map). */
const EXECUTE_NEVER = 0x40000000;

const undefinedNarrow: Unit = ({ code, random }) => code.test('UDF (T1)', [0xde00 | random.below(256)]);
const undefinedWide: Unit = ({ code, random }) =>
  code.test('UDF (T2)', [0xf7f0 | random.below(16), 0xa000 | random.below(4096)]);

/**
 * Encodings of the DSP extension, which a Cortex-M3 does not have. Missing here: SSAT16, USAT16, SXTAB, USAD8,
 * SMLAD, SMLSD, SMUAD, SMUSD, SMLALD, SMLSLD, SMLAW and SMULW, which QEMU 7.2 executes on its Cortex-M3 all the
 * same; that they are undefined on ours is held by decode-32.spec.ts.
 */
const DSP = [
  ['SADD8', 0xfa80, 0xf000],
  ['UADD8', 0xfa80, 0xf040],
  ['QADD', 0xfa80, 0xf080],
  ['SEL', 0xfaa0, 0xf080],
  ['SMULBB', 0xfb10, 0xf000],
  ['SMLABB', 0xfb10, 0x0000],
  ['SMMUL', 0xfb50, 0xf000],
  ['SMMLA', 0xfb50, 0x0000],
  ['SMLALBB', 0xfbc0, 0x0080],
  ['UMAAL', 0xfbe0, 0x0060],
  ['PKHBT', 0xeac0, 0x0000],
] as const;

const absent: Unit = ({ code, random }) => {
  const [name, first, second] = random.pick(DSP);
  const n = random.below(8);
  code.test(`undefined: ${name}`, [first | n, second | (random.below(8) << 8) | random.below(8)]);
};

const coprocessor: Unit = ({ code, random }) => {
  const first = random.pick([0xee00, 0xee10, 0xed90, 0xed80, 0xfe00]);
  const number = random.below(8);
  code.test('coprocessor', [first | random.below(8), 0x0010 | (number << 8) | (random.below(8) << 12)]);
};

/**
 * Accesses that must be aligned, at addresses that are not. STREX is missing: QEMU compares the address with
 * the monitor's before it looks at its alignment, the architecture does not (DDI0403 B2.3.7).
 */
const unaligned: Unit = ({ code, draw, random }) => {
  const n = draw.holding(draw.place(4) + random.between(1, 3));
  const odd = draw.holding(draw.place(2) + 1, false, [n]);
  switch (random.below(6)) {
    case 0:
      code.test('LDM unaligned', [0xe890 | n, 0x0003]);
      draw.forgetAll();
      break;
    case 1:
      code.test('STM unaligned', [0xe880 | n, 0x0003]);
      break;
    case 2: {
      const t = draw.target([n]);
      code.test('LDRD unaligned', [0xe9d0 | n, (t << 12) | (draw.target([n, t]) << 8)]);
      break;
    }
    case 3:
      code.test('STRD unaligned', [0xe9c0 | n, (draw.any() << 12) | (draw.any() << 8)]);
      break;
    case 4:
      code.test('LDREX unaligned', [0xe850 | n, (draw.target() << 12) | 0xf00]);
      break;
    default:
      code.test('LDREXH unaligned', [0xe8d0 | odd, (draw.target() << 12) | 0xf5f]);
  }
};

/** Aligned: which half of an unaligned access BFAR shows is up to the implementation. */
const unmapped: Unit = ({ code, draw, random }) => {
  const n = draw.holding(UNMAPPED + random.below(64) * 4, true);
  const opcode = random.pick([0x6000, 0x6800, 0x7000, 0x7800, 0x8000, 0x8800]);
  code.test('unmapped access', [opcode | (n << 3) | draw.lowTarget()]);
};

/** Without a debugger BKPT is a HardFault. 0xAB is taken: it is how the program ends. */
const breakpoint: Unit = ({ code, random }) => code.test('BKPT', [0xbe00 | random.below(0xab)]);

/**
 * A branch that clears the Thumb bit: the handler sets it again. To a multiple of four, because QEMU looks at
 * the alignment that ARM code would need before it finds that this core has none.
 */
const thumbBitLost: Unit = ({ code, draw }) => {
  const at = code.address;
  const m = draw.holding(0);
  draw.forget(m);
  if (code.address % 4 === 0) code.emit(NOP);
  code.test('BX to an even address', [0x4700 | (m << 3)]);
  code.patch(at, ...moveWord(m, code.address));
};

/** A call to where no code can be: the handler goes back to the link register. */
const nowhere: Unit = ({ code, draw, random }) => {
  const m = draw.holding(random.pick([UNMAPPED, EXECUTE_NEVER]) + 1);
  draw.forget(14);
  code.test('BLX to nowhere', [0x4780 | (m << 3)]);
};

/** Units that end in a fault; the handler of the program steps over them. */
export const FAULTING: readonly Unit[] = [
  undefinedNarrow,
  undefinedWide,
  absent,
  coprocessor,
  unaligned,
  unmapped,
  breakpoint,
  thumbBitLost,
  nowhere,
];
