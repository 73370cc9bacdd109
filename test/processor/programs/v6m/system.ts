import { NOP } from '../assembly.ts';
import type { Block, Unit } from '../block.ts';
import { mrs, msr } from '../system.ts';
import { MAIN_STACK, PROCESS_STACK } from './layout.ts';

const ISB = [0xf3bf, 0x8f6f];
const MSP = 8;
const PSP = 9;
const PRIMASK = 16;
const CONTROL = 20;
const READABLE = [0, 1, 2, 3, 5, 6, 7, MSP, PSP, PRIMASK, CONTROL];

const readSpecial: Unit = ({ code, draw, random }) =>
  code.test('MRS', mrs(draw.target(), random.pick(READABLE)));

/** N, Z, C and V: ARMv6-M has no Q, which QEMU keeps. */
const writeFlags: Unit = ({ code, draw, random }) =>
  code.test('MSR (APSR)', msr(draw.holding((random.word() & 0xf0000000) >>> 0), random.below(4)));

const writeMask: Unit = ({ code, draw, random }) => {
  code.test('MSR (mask)', msr(draw.holding(random.chance(0.4) ? 0 : 1), PRIMASK));
  code.emit(...ISB);
};

const changeState: Unit = ({ code, random }) => {
  code.test('CPS (PRIMASK)', [random.chance(0.5) ? 0xb662 : 0xb672]);
  code.emit(...ISB);
};

const barrier: Unit = ({ code, random }) => {
  const [name, low] = random.pick([
    ['DSB', 0x8f4f],
    ['DMB', 0x8f5f],
    ['ISB', 0x8f6f],
  ] as const);
  code.test(name, [0xf3bf, low]);
};

/** CPUID, AIRCR, SCR, CCR, SHPR2, SHPR3, VTOR at reset, the fault registers that are not there, NVIC. */
const SCS_READABLE = [
  0xe000ed00, 0xe000ed08, 0xe000ed0c, 0xe000ed10, 0xe000ed14, 0xe000ed1c, 0xe000ed20, 0xe000ed28, 0xe000ed2c,
  0xe000e100, 0xe000e180, 0xe000e200, 0xe000e280, 0xe000e400, 0xe000e404,
] as const;

const readRegister: Unit = ({ code, draw, random }) => {
  const n = draw.holding(random.pick(SCS_READABLE), true);
  code.test('LDR (system register)', [0x6800 | (n << 3) | draw.lowTarget()]);
};

function writeRegister({ code, draw }: Block, address: number, value: number): void {
  const n = draw.holding(address, true);
  const t = draw.holding(value >>> 0, true, [n]);
  code.test('STR (system register)', [0x6000 | (n << 3) | t]);
}

/** The bytes of priority that ARMv6-M has: QEMU also keeps the one of DebugMonitor. */
const PRIORITY_REGISTERS = [
  [0xe000ed1c, 0xff000000],
  [0xe000ed20, 0xffff0000],
  [0xe000e400, 0xffffffff],
  [0xe000e404, 0xffffffff],
] as const;

const writePriority: Unit = (block) => {
  const [address, mask] = block.random.pick(PRIORITY_REGISTERS);
  writeRegister(block, address, block.random.word() & mask);
};

const supervisorCall: Unit = ({ code, random }) => {
  code.test('SVC', [0xdf00 | random.below(256)]);
  code.emit(NOP);
};

/** Makes some of the interrupts from `first` to 7 pending, or PendSV, or takes that back. */
export const pend =
  (first: number): Unit =>
  (block) => {
    const { random } = block;
    const lines = (random.below(256) << first) & 0xff;
    switch (random.below(first < 8 ? 3 : 1)) {
      case 0:
        return writeRegister(block, 0xe000ed04, random.chance(0.7) ? 1 << 28 : 1 << 27);
      case 1:
        return writeRegister(block, 0xe000e200, lines);
      default:
        return writeRegister(block, 0xe000e280, lines);
    }
  };

const nonMaskable: Unit = (block) => writeRegister(block, 0xe000ed04, 0x80000000);

const enableInterrupts: Unit = (block) =>
  writeRegister(block, block.random.chance(0.7) ? 0xe000e100 : 0xe000e180, block.random.below(256));

const stackPointers: Unit = ({ code, draw, random }) => {
  const main = random.chance(0.5);
  const n = draw.holding((main ? MAIN_STACK : PROCESS_STACK) - random.below(64) * 4);
  code.test('MSR (stack pointer)', msr(n, main ? MSP : PSP));
};

const control: Unit = ({ code, draw, random }) => {
  code.test('MSR (CONTROL)', msr(draw.holding(random.chance(0.5) ? 2 : 0), CONTROL));
  code.emit(...ISB);
};

/** What may be in thread mode and in handlers alike. */
export const SYSTEM: readonly Unit[] = [
  ...[readSpecial, writeFlags, writeMask, changeState, barrier],
  ...[readRegister, writePriority, supervisorCall, nonMaskable],
];

/** What would take the stack from a handler. */
export const THREAD_ONLY: readonly Unit[] = [pend(0), enableInterrupts, stackPointers, control];
