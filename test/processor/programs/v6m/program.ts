import { Assembly, NOP } from '../assembly.ts';
import { Block, type Unit, type Weighted } from '../block.ts';
import { DATA_BYTES, Draw } from '../draw.ts';
import type { Program } from '../program.ts';
import { Random } from '../random.ts';
import { msr } from '../system.ts';
import { CONTROL, plainV6 } from './control.ts';
import { FAULTING } from './faulting.ts';
import { emitHandlers } from './handlers.ts';
import { DATA_BASE, MAIN_STACK, PROCESS_STACK } from './layout.ts';
import { moveWordThumb1 } from './move-word.ts';
import { STACK } from './stack.ts';
import { SYSTEM, THREAD_ONLY } from './system.ts';

const VECTORS = 16 + 32;
const CASES_A_GROUP = 8;
const UNITS_A_CASE = 16;
const SYS_EXIT = 0x18;
const APPLICATION_EXIT = 0x20026;
const APSR = 0;
const MSP = 8;
const PSP = 9;
const CONTROL_REGISTER = 20;

const evenly = (weight: number, units: readonly Unit[]): Weighted[] =>
  units.map((unit) => ({ weight: weight / units.length, unit }));

const INTEGER: readonly Weighted[] = [
  { weight: 70, unit: plainV6 },
  ...evenly(20, CONTROL),
  ...evenly(10, STACK),
];
const EXCEPTIONS: readonly Weighted[] = [
  ...INTEGER.map(({ weight, unit }) => ({ weight: weight / 2, unit })),
  ...evenly(18, SYSTEM),
  ...evenly(12, THREAD_ONLY),
  ...evenly(20, FAULTING),
];

/** A program of random ARMv6-M instructions: the same seed, the same bytes. */
export function randomProgramV6(seed: number, groups: number): Program {
  const random = new Random(seed);
  const code = new Assembly(moveWordThumb1);
  for (let i = 0; i < VECTORS * 2; i += 1) code.emit(0);
  const handlers = emitHandlers(code, random);
  code.align(4);
  const start = code.address;
  fillData(code, random);
  for (let group = 0; group < groups; group += 1) {
    const withExceptions = group % 2 === 1;
    settle(code);
    configure(code, random, withExceptions);
    for (let i = 0; i < CASES_A_GROUP; i += 1) {
      settle(code);
      loadRegisters(code, random);
      const draw = new Draw(random, code, DATA_BASE);
      new Block(draw, withExceptions ? EXCEPTIONS : INTEGER, 0, plainV6).build(UNITS_A_CASE);
    }
    settle(code);
    for (const base of [DATA_BASE, DATA_BASE + DATA_BYTES / 2, MAIN_STACK - 256, PROCESS_STACK - 256])
      readBack(code, base);
  }
  settle(code);
  code.moveWord(0, SYS_EXIT);
  code.moveWord(1, APPLICATION_EXIT);
  const endAddress = code.address;
  code.emit(0xbeab, NOP);
  const words = handlers.map((address) => address | 1);
  [words[0], words[1]] = [MAIN_STACK, start | 1];
  words.forEach((word, i) => code.patch(4 * i, word, word >>> 16));
  return { image: code.image(), names: code.names, tested: code.tested, endAddress };
}

/** Random bytes where programs load and store. */
function fillData(code: Assembly, random: Random): void {
  code.align(4);
  const branch = code.address;
  code.emit(0, NOP);
  const table = code.address;
  for (let i = 0; i < DATA_BYTES / 4; i += 1) code.word(random.value());
  code.patch(branch, 0xe000 | ((code.address - branch - 4) >> 1));
  code.moveWord(6, table);
  code.moveWord(7, DATA_BASE);
  for (let i = 0; i < DATA_BYTES / 16; i += 1) code.emit(0xce0f, 0xc70f); // LDM r6!, {r0-r3}; STM r7!, {r0-r3}
}

/** Thread mode on the main stack with nothing masked, from wherever the last case has ended. */
function settle(code: Assembly): void {
  code.emit(0xb662, 0x2000, ...msr(0, CONTROL_REGISTER), 0xf3bf, 0x8f6f); // CPSIE i; MOVS r0, #0; CONTROL; ISB
  for (const [sysm, value] of [
    [MSP, MAIN_STACK],
    [PSP, PROCESS_STACK],
  ] as const) {
    code.moveWord(0, value);
    code.emit(...msr(0, sysm));
  }
}

/** Priorities and enabled interrupts. */
function configure(code: Assembly, random: Random, withExceptions: boolean): void {
  const anything = (mask: number): number => (withExceptions ? (random.word() & mask) >>> 0 : 0);
  const registers: [address: number, value: number][] = [
    [0xe000ed1c, anything(0xc0000000)],
    [0xe000ed20, anything(0xc0c00000)],
    [0xe000e180, 0xffffffff],
    [0xe000e280, 0xffffffff],
    [0xe000e400, anything(0xc0c0c0c0)],
    [0xe000e404, anything(0xc0c0c0c0)],
    [0xe000e100, anything(0xff)],
  ];
  for (const [address, value] of registers) {
    code.moveWord(0, address);
    code.moveWord(1, value);
    code.emit(0x6001); // STR r1, [r0]
  }
}

/** High registers, LR, flags, then r0 to r7. */
function loadRegisters(code: Assembly, random: Random): void {
  for (const register of [8, 9, 10, 11, 12, 14]) code.moveWord(register, random.value());
  code.moveWord(0, (random.word() & 0xf0000000) >>> 0);
  code.emit(...msr(0, APSR));
  for (let register = 0; register < 8; register += 1) code.moveWord(register, random.value());
}

/** Reads 256 bytes of memory into registers, where every difference shows. */
function readBack(code: Assembly, base: number): void {
  code.moveWord(4, base);
  for (let i = 0; i < 16; i += 1) code.scaffold('read back', [0xcc0f]); // LDM r4!, {r0-r3}
}
