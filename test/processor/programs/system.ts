import { NOP } from './assembly.ts';
import type { Block, Unit } from './block.ts';
import { FORMS_16 } from './forms-16.ts';
import { MAIN_STACK, PROCESS_STACK } from './stack.ts';

const ISB = [0xf3bf, 0x8f6f];
const MSP = 8;
const PSP = 9;
const PRIMASK = 16;
const BASEPRI = 17;
const BASEPRI_MAX = 18;
const FAULTMASK = 19;
const CONTROL = 20;
const READABLE = [0, 1, 2, 3, 5, 6, 7, MSP, PSP, PRIMASK, BASEPRI, BASEPRI_MAX, FAULTMASK, CONTROL];

export const mrs = (d: number, sysm: number): number[] => [0xf3ef, 0x8000 | (d << 8) | sysm];
export const msr = (n: number, sysm: number): number[] => [0xf380 | n, 0x8800 | sysm];

const readSpecial: Unit = ({ code, draw, random }) =>
  code.test('MRS', mrs(draw.target(), random.pick(READABLE)));

const writeFlags: Unit = ({ code, draw, random }) =>
  code.test('MSR (APSR)', msr(draw.any(), random.below(4)));

const writeMask: Unit = ({ code, draw, random }) => {
  const sysm = random.pick([PRIMASK, BASEPRI, BASEPRI_MAX]);
  const n = draw.holding(random.chance(0.4) ? 0 : sysm === PRIMASK ? 1 : random.below(256));
  code.test('MSR (mask)', msr(n, sysm));
  code.emit(...ISB);
};

const changeState: Unit = ({ code, random }) => {
  code.test('CPS (PRIMASK)', [random.chance(0.5) ? 0xb662 : 0xb672]);
  code.emit(...ISB);
};

/** Under FAULTMASK nothing may fault: only register work stands there. */
const faultMask: Unit = (block) => {
  const { code, draw, random } = block;
  code.test('CPSID f', [0xb671]);
  for (let i = random.below(3); i > 0; i -= 1) block.test(random.pick(FORMS_16));
  code.test('MRS', mrs(draw.target(), FAULTMASK));
  code.test('CPSIE f', [0xb661]);
  code.emit(...ISB);
};

/** System registers whose contents both sides must agree on. */
const SCS_READABLE = [
  0xe000ed04, 0xe000ed08, 0xe000ed0c, 0xe000ed10, 0xe000ed14, 0xe000ed18, 0xe000ed1c, 0xe000ed20, 0xe000ed24,
  0xe000ed28, 0xe000ed2c, 0xe000e100, 0xe000e180, 0xe000e200, 0xe000e280, 0xe000e300, 0xe000e400, 0xe000e404,
] as const;

const readRegister: Unit = ({ code, draw, random }) => {
  const n = draw.holding(random.pick(SCS_READABLE), true);
  code.test('LDR (system register)', [0x6800 | (n << 3) | draw.lowTarget()]);
};

function writeRegister({ code, draw }: Block, address: number, value: number): void {
  const n = draw.holding(address, true);
  const t = draw.holding(value, true, [n]);
  code.test('STR (system register)', [0x6000 | (n << 3) | t]);
}

/** Priorities of SVCall, PendSV, SysTick, the faults and interrupts, a byte at a time. */
const writePriority: Unit = ({ code, draw, random }) => {
  const address = random.chance(0.5)
    ? 0xe000ed18 + random.pick([0, 1, 2, 7, 10])
    : 0xe000e400 + random.below(8);
  const n = draw.holding(address, true);
  const t = draw.holding(random.below(8) << 5, true, [n]);
  code.test('STRB (priority)', [0x7000 | (n << 3) | t]);
};

const supervisorCall: Unit = ({ code, random }) => {
  code.test('SVC', [0xdf00 | random.below(255)]);
  code.emit(NOP);
};

/** Makes some of the interrupts up to 7 from `first` on pending, or PendSV. */
export const pend =
  (first: number): Unit =>
  (block) => {
    const { random, code, draw } = block;
    const lines = (random.below(256) << first) & 0xff;
    switch (random.below(first < 8 ? 4 : 1)) {
      case 0:
        writeRegister(block, 0xe000ed04, random.chance(0.7) ? 1 << 28 : 1 << 27);
        break;
      case 1:
        writeRegister(block, 0xe000e200, lines);
        break;
      case 2: {
        const n = draw.holding(0xe000ef00, true);
        const t = draw.holding(random.between(first, 7), true, [n]);
        code.test('STR (STIR)', [0x6000 | (n << 3) | t]);
        break;
      }
      default:
        writeRegister(block, 0xe000e280, lines);
    }
  };

const nonMaskable: Unit = (block) => writeRegister(block, 0xe000ed04, 0x80000000);

const enableInterrupts: Unit = (block) =>
  writeRegister(block, block.random.chance(0.7) ? 0xe000e100 : 0xe000e180, block.random.below(256));

const stackPointers: Unit = ({ code, draw, random }) => {
  const main = random.chance(0.5);
  const n = draw.holding((main ? MAIN_STACK : PROCESS_STACK) + random.below(64) * 4);
  code.test('MSR (stack pointer)', msr(n, main ? MSP : PSP));
};

/** Changes stacks, and now and then gives privileges away: the next fault or case brings them back. */
const control: Unit = ({ code, draw, random }) => {
  const n = draw.holding((random.chance(0.5) ? 2 : 0) | (random.chance(0.2) ? 1 : 0));
  code.test('MSR (CONTROL)', msr(n, CONTROL));
  code.emit(...ISB);
};

/** What may stand in thread mode and in handlers alike. */
export const SYSTEM: readonly Unit[] = [
  readSpecial,
  writeFlags,
  writeMask,
  changeState,
  faultMask,
  readRegister,
  writePriority,
  supervisorCall,
  nonMaskable,
];

/** What would pull the rug from under a handler. */
export const THREAD_ONLY: readonly Unit[] = [pend(0), enableInterrupts, stackPointers, control];
