import { DATA_BASE, DATA_BYTES, type Draw } from './draw.ts';
import { form, type Form } from './form.ts';

const SP = 13;
const LR = 14;
const LOW = [0, 1, 2, 3, 4, 5, 6, 7];
const ALL = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, LR];

interface Access {
  readonly name: string;
  readonly bytes: 1 | 2 | 4;
  readonly load: boolean;
  /** Bits 8 (signed), 6:5 (size) and 4 (load) of the first half-word of the 32-bit encodings. */
  readonly wide: number;
}

const ACCESSES: readonly Access[] = [
  { name: 'STR', bytes: 4, load: false, wide: 0x040 },
  { name: 'STRH', bytes: 2, load: false, wide: 0x020 },
  { name: 'STRB', bytes: 1, load: false, wide: 0x000 },
  { name: 'LDR', bytes: 4, load: true, wide: 0x050 },
  { name: 'LDRH', bytes: 2, load: true, wide: 0x030 },
  { name: 'LDRB', bytes: 1, load: true, wide: 0x010 },
  { name: 'LDRSH', bytes: 2, load: true, wide: 0x130 },
  { name: 'LDRSB', bytes: 1, load: true, wide: 0x110 },
];

/** Half of the addresses are aligned, the others as they come. */
const alignmentOf = (d: Draw, { bytes }: Access): number => (d.random.chance(0.5) ? bytes : 1);

const lowData = (d: Draw, { load }: Access): number => (load ? d.lowTarget() : d.low());

const data = (d: Draw, { load }: Access, not: readonly number[] = []): number => {
  if (load) return d.target(not);
  let t = d.any();
  while (not.includes(t)) t = d.any();
  return t;
};

/** Opcodes 0101xxx of the register-offset forms. */
const REGISTER_16: Readonly<Record<string, number>> = {
  STR: 0,
  STRH: 1,
  STRB: 2,
  LDRSB: 3,
  LDR: 4,
  LDRH: 5,
  LDRB: 6,
  LDRSH: 7,
};

const NARROW_REGISTER = ACCESSES.map((access) =>
  form(`${access.name} (register, T1)`, (d) => {
    const index = d.random.below(64);
    const n = d.pointer({ offset: index, alignment: alignmentOf(d, access), low: true });
    const m = d.holding(index, true, [n]);
    return [0x5000 | (REGISTER_16[access.name]! << 9) | (m << 6) | (n << 3) | lowData(d, access)];
  }),
);

const NARROW_IMMEDIATE = (
  [
    ['STR', 0x6000],
    ['LDR', 0x6800],
    ['STRB', 0x7000],
    ['LDRB', 0x7800],
    ['STRH', 0x8000],
    ['LDRH', 0x8800],
  ] as const
).map(([name, opcode]) => {
  const access = ACCESSES.find((one) => one.name === name)!;
  return form(`${name} (immediate, T1)`, (d) => {
    const imm5 = d.random.below(32);
    const n = d.pointer({ offset: imm5 * access.bytes, alignment: alignmentOf(d, access), low: true });
    return [opcode | (imm5 << 6) | (n << 3) | lowData(d, access)];
  });
});

const NARROW_OTHER = [
  form('LDR (literal, T1)', (d) => [0x4800 | (d.lowTarget() << 8) | d.random.below(64)]),
  form('LDR (SP, T2)', (d) => [0x9800 | (d.lowTarget() << 8) | d.random.below(64)]),
  form('STM (T1)', (d) => {
    const n = d.pointer({ alignment: 4, low: true });
    // A base in the list must be its lowest register, or what is stored is unknown.
    let list = d.random.between(1, 255);
    if ((list >>> n) & 1) list &= -1 << n;
    d.forget(n);
    return [0xc000 | (n << 8) | list];
  }),
  form('LDM (T1)', (d) => {
    const n = d.pointer({ alignment: 4, low: true });
    const list = d.targets(LOW, 4, d.random.chance(0.5) ? [n] : []) || 1 << d.lowTarget();
    d.forget(n);
    return [0xc800 | (n << 8) | list];
  }),
];

const WIDE_IMMEDIATE = ACCESSES.map((access) =>
  form(`${access.name}.W (immediate)`, (d) => {
    const imm12 = d.random.chance(0.5) ? d.random.below(64) : d.random.below(4096);
    const n = d.pointer({ offset: imm12, alignment: alignmentOf(d, access) });
    return [0xf880 | access.wide | n, imm12 | (data(d, access) << 12)];
  }),
);

const WIDE_REGISTER = ACCESSES.map((access) =>
  form(`${access.name}.W (register)`, (d) => {
    const index = d.random.below(64);
    const shift = d.random.below(4);
    const n = d.pointer({ offset: index << shift, alignment: alignmentOf(d, access) });
    const m = d.holding(index, false, [n]);
    return [0xf800 | access.wide | n, (shift << 4) | m | (data(d, access) << 12)];
  }),
);

/** P, U and W of the 8-bit forms: offset down, pre-indexed and post-indexed. */
const INDEXED = ACCESSES.flatMap((access) =>
  (
    [
      ['negative', 0xc00],
      ['pre-indexed', 0xd00],
      ['post-indexed', 0x900],
    ] as const
  ).map(([kind, bits]) =>
    form(`${access.name}.W (${kind})`, (d) => {
      const imm8 = d.random.below(256);
      const up = bits !== 0xc00 && d.random.chance(0.5);
      const offset = bits === 0x900 ? 0 : up ? imm8 : -imm8;
      const n = d.pointer({ offset, alignment: alignmentOf(d, access) });
      const t = bits === 0xc00 ? data(d, access) : data(d, access, [n]);
      if (bits !== 0xc00) d.forget(n);
      return [0xf800 | access.wide | n, bits | (up ? 0x200 : 0) | imm8 | (t << 12)];
    }),
  ),
);

const UNPRIVILEGED = ACCESSES.map((access) =>
  form(`${access.name}T`, (d) => {
    const imm8 = d.random.below(256);
    const n = d.pointer({ offset: imm8, alignment: alignmentOf(d, access) });
    return [0xf800 | access.wide | n, 0xe00 | imm8 | (data(d, access) << 12)];
  }),
);

const LITERALS = ACCESSES.filter(({ load }) => load).map((access) =>
  form(`${access.name}.W (literal)`, (d) => {
    const up = d.random.chance(0.5) ? 0x80 : 0;
    return [0xf80f | access.wide | up, d.random.below(256) | (d.target() << 12)];
  }),
);

const STACK_POINTER = [
  form('STR.W (of SP)', (d) => {
    const n = d.pointer({ alignment: 4 });
    return [0xf8c0 | n, SP << 12];
  }),
];

const PRELOADS = [
  form('PLD (immediate)', (d) => [0xf890 | d.any(), 0xf000 | d.random.below(4096)]),
  form('PLI (immediate)', (d) => [0xf990 | d.any(), 0xf000 | d.random.below(4096)]),
];

const DOUBLE_KINDS = [
  { kind: 'offset', bits: 0x100 },
  { kind: 'pre-indexed', bits: 0x120 },
  { kind: 'post-indexed', bits: 0x020 },
] as const;

const DOUBLES = [false, true].flatMap((load) =>
  DOUBLE_KINDS.map(({ kind, bits }) =>
    form(`${load ? 'LDRD' : 'STRD'} (${kind})`, (d) => {
      const offset = d.random.below(64) * 4;
      const up = d.random.chance(0.5);
      const reach = kind === 'post-indexed' ? 0 : up ? offset : -offset;
      const n = d.pointer({ offset: reach, alignment: 4 });
      const access = ACCESSES[load ? 3 : 0]!;
      const not = kind === 'offset' ? [] : [n];
      const t = data(d, access, not);
      const t2 = data(d, access, load ? [...not, t] : not);
      if (kind !== 'offset') d.forget(n);
      return [0xe840 | bits | (up ? 0x80 : 0) | (load ? 0x10 : 0) | n, (t << 12) | (t2 << 8) | (offset / 4)];
    }),
  ),
);

const LITERAL_DOUBLE = form('LDRD (literal)', (d) => {
  const t = d.target();
  const up = d.random.chance(0.5) ? 0x80 : 0;
  return [0xe95f | up, (t << 12) | (d.target([t]) << 8) | d.random.below(32)];
});

const MULTIPLES = (
  [
    ['STMIA.W', 0xe880, false],
    ['STMDB', 0xe900, false],
    ['LDMIA.W', 0xe890, true],
    ['LDMDB', 0xe910, true],
  ] as const
).map(([name, opcode, load]) =>
  form(name, (d) => {
    const writeBack = d.random.chance(0.5);
    const n = d.pointer({ alignment: 4 });
    const not = writeBack ? [n] : [];
    let list = load ? d.targets(ALL, 5, not) : storeList(d, not);
    for (const extra of ALL) {
      if (bits(list) >= 2) break;
      if (not.includes(extra)) continue;
      if (load) list |= 1 << d.target([...not, ...listed(list)]);
      else list |= 1 << extra;
    }
    if (writeBack) d.forget(n);
    return [opcode | (writeBack ? 0x20 : 0) | n, list];
  }),
);

function storeList(d: Draw, not: readonly number[]): number {
  return ALL.reduce((list, r) => (d.random.chance(0.4) && !not.includes(r) ? list | (1 << r) : list), 0);
}

const listed = (list: number): number[] => ALL.filter((register) => (list >>> register) & 1);
const bits = (list: number): number => listed(list).length;

/** A bit-band alias word of the data window: one bit of memory (DDI0337, 4.2). */
const BIT_BAND = [false, true].map((load) =>
  form(`${load ? 'LDR' : 'STR'} (bit-band alias)`, (d) => {
    const byte = DATA_BASE + d.random.below(DATA_BYTES);
    const alias = 0x22000000 + (byte - 0x20000000) * 32 + d.random.below(8) * 4;
    const n = d.holding(alias, true);
    const t = load ? d.lowTarget() : d.low();
    return [(load ? 0x6800 : 0x6000) | (n << 3) | t];
  }),
);

/** The 16-bit ones, which every Thumb processor has. */
export const FORMS_MEMORY_16: readonly Form[] = [...NARROW_REGISTER, ...NARROW_IMMEDIATE, ...NARROW_OTHER];

/** Loads and stores into the data window. */
export const FORMS_MEMORY: readonly Form[] = [
  ...FORMS_MEMORY_16,
  ...WIDE_IMMEDIATE,
  ...WIDE_REGISTER,
  ...INDEXED,
  ...UNPRIVILEGED,
  ...LITERALS,
  ...STACK_POINTER,
  ...PRELOADS,
  ...DOUBLES,
  LITERAL_DOUBLE,
  ...MULTIPLES,
  ...BIT_BAND,
];
