import { Assembly, branchTo, moveWord, NOP } from './assembly.ts';
import { Block, ifThen, plain, type Unit, type Weighted } from './block.ts';
import { CONTROL } from './control.ts';
import { DATA_BASE, DATA_BYTES, Draw } from './draw.ts';
import { exclusive } from './exclusive.ts';
import { FAULTING } from './faulting.ts';
import { emitHandlers, SVC_PRIVILEGED } from './handlers.ts';
import { Random } from './random.ts';
import { MAIN_STACK, PROCESS_STACK, STACK } from './stack.ts';
import { msr, SYSTEM, THREAD_ONLY } from './system.ts';

const VECTOR_TABLES = [0, 0x200] as const;
const VECTORS = 16 + 32;
const CASES_A_GROUP = 8;
const UNITS_A_CASE = 24;
const SYS_EXIT = 0x18;
const APPLICATION_EXIT = 0x20026;
const APSR = 0;
const MSP = 8;
const PSP = 9;
const BASEPRI = 17;
const CONTROL_REGISTER = 20;

export interface Program {
  readonly image: Uint8Array;
  /** What each instruction under test is called, by its address. */
  readonly names: ReadonlyMap<number, string>;
  /** The instruction at which the program ends. */
  readonly endAddress: number;
}

const evenly = (weight: number, units: readonly Unit[]): Weighted[] =>
  units.map((unit) => ({ weight: weight / units.length, unit }));

/** Mostly what compilers emit, and what real firmware does beside it. */
const INTEGER: readonly Weighted[] = [
  { weight: 60, unit: plain },
  { weight: 15, unit: ifThen },
  ...evenly(15, CONTROL),
  ...evenly(6, STACK),
  { weight: 4, unit: exclusive },
];
const EXCEPTIONS: readonly Weighted[] = [
  ...INTEGER.map(({ weight, unit }) => ({ weight: weight / 2, unit })),
  ...evenly(18, SYSTEM),
  ...evenly(12, THREAD_ONLY),
  ...evenly(20, FAULTING),
];

/** A program of random instructions: the same seed, the same bytes. */
export function randomProgram(seed: number, groups: number): Program {
  const random = new Random(seed);
  const code = new Assembly();
  // Both vector tables, filled in at the end.
  for (let i = 0; i < (0x200 + VECTORS * 4) / 2; i += 1) code.emit(0);
  const handlers = emitHandlers(code, random);
  code.align(4);
  const start = code.address;
  fillData(code, random);
  for (let group = 0; group < groups; group += 1) {
    const withExceptions = group % 3 === 2;
    privileged(code);
    configure(code, random, withExceptions);
    for (let i = 0; i < CASES_A_GROUP; i += 1) {
      privileged(code);
      loadRegisters(code, random);
      new Block(new Draw(random, code), withExceptions ? EXCEPTIONS : INTEGER).build(UNITS_A_CASE);
    }
    privileged(code);
    for (const base of [DATA_BASE, DATA_BASE + DATA_BYTES / 2, MAIN_STACK - 256, PROCESS_STACK - 256]) {
      readBack(code, base);
    }
  }
  privileged(code);
  const endAddress = end(code);
  for (const table of VECTOR_TABLES) patchVectors(code, table, start, handlers);
  return { image: code.image(), names: code.names, endAddress };
}

function patchVectors(code: Assembly, table: number, start: number, handlers: readonly number[]): void {
  const words = handlers.map((address) => address | 1);
  words[0] = MAIN_STACK;
  words[1] = start | 1;
  words.forEach((word, i) => code.patch(table + 4 * i, word, word >>> 16));
}

/** Words in the way of execution, jumped over. */
function emitTable(code: Assembly, words: readonly number[]): number {
  code.align(4);
  const branch = code.address;
  code.emit(0, 0);
  const table = code.address;
  for (const word of words) code.word(word);
  code.patch(branch, ...branchTo(branch, code.address));
  return table;
}

/** Random bytes where programs load and store. */
function fillData(code: Assembly, random: Random): void {
  const table = emitTable(
    code,
    Array.from({ length: DATA_BYTES / 4 }, () => random.value()),
  );
  code.emit(...moveWord(8, table));
  code.emit(...moveWord(9, DATA_BASE));
  for (let i = 0; i < DATA_BYTES / 32; i += 1) {
    code.emit(0xe8b8, 0x00ff); // LDMIA r8!, {r0-r7}
    code.emit(0xe8a9, 0x00ff); // STMIA r9!, {r0-r7}
  }
}

/** Privileged thread mode on the main stack with nothing masked, from wherever the last case has ended. */
function privileged(code: Assembly): void {
  code.emit(0xdf00 | SVC_PRIVILEGED, NOP);
  code.emit(0xb662, 0xb661, 0x2000); // CPSIE i; CPSIE f; MOVS r0, #0
  code.emit(...msr(0, BASEPRI), ...msr(0, CONTROL_REGISTER), 0xf3bf, 0x8f6f);
  for (const [sysm, value] of [
    [MSP, MAIN_STACK],
    [PSP, PROCESS_STACK],
  ] as const) {
    code.emit(...moveWord(0, value), ...msr(0, sysm));
  }
}

/** What decides how exceptions are taken: enables, traps, priorities, their grouping, the vector table. */
function configure(code: Assembly, random: Random, withExceptions: boolean): void {
  const anything = (): number => (withExceptions ? random.word() : 0);
  const registers: [address: number, value: number][] = [
    [0xe000ed08, withExceptions ? random.pick(VECTOR_TABLES) : 0],
    [0xe000ed0c, 0x05fa0000 | (anything() & 0x700)],
    // STKALIGN, DIV_0_TRP, UNALIGN_TRP, USERSETMPEND.
    [0xe000ed14, anything() & 0x21a],
    [0xe000ed18, anything() & 0xe0e0e0],
    [0xe000ed1c, anything() & 0xe0000000],
    [0xe000ed20, anything() & 0xe0e00000],
    [0xe000ed24, anything() & 0x70000],
    [0xe000e180, 0xffffffff],
    [0xe000e280, 0xffffffff],
    [0xe000e400, anything() & 0xe0e0e0e0],
    [0xe000e404, anything() & 0xe0e0e0e0],
    [0xe000e100, anything() & 0xff],
  ];
  for (const [address, value] of registers) {
    code.emit(...moveWord(0, address), ...moveWord(1, value), 0x6001); // STR r1, [r0]
  }
}

/** Flags, r0..r12 and LR from a table. */
function loadRegisters(code: Assembly, random: Random): void {
  const words = Array.from({ length: 15 }, () => random.value());
  const table = emitTable(code, words);
  code.emit(...moveWord(12, table), 0xf85c, 0x0b04); // LDR r0, [r12], #4
  code.emit(...msr(0, APSR));
  code.emit(0xe89c, 0x5fff); // LDMIA r12, {r0-r12, lr}
}

/** Reads 256 bytes of memory into registers, where every difference shows. */
function readBack(code: Assembly, base: number): void {
  code.emit(...moveWord(8, base));
  for (let i = 0; i < 8; i += 1) code.test('read back', [0xe8b8, 0x00ff]); // LDMIA r8!, {r0-r7}
}

/** Semihosting's SYS_EXIT: on QEMU it ends the machine. */
function end(code: Assembly): number {
  code.emit(...moveWord(0, SYS_EXIT), ...moveWord(1, APPLICATION_EXIT));
  const at = code.address;
  code.emit(0xbeab, NOP);
  return at;
}
