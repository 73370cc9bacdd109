import { moveWord, NOP, type Assembly } from './assembly.ts';
import { Block, ifThen, plain, type Weighted } from './block.ts';
import { CONTROL_IN_HANDLERS } from './control.ts';
import { Draw } from './draw.ts';
import { FORMS_16 } from './forms-16.ts';
import type { Random } from './random.ts';
import { mrs, msr, pend, SYSTEM } from './system.ts';

const VECTORS = 16 + 32;
/** The one instruction that shows HFSR: r1 holds it afterwards. */
export const READ_HFSR = 'LDR of HFSR';
/** The SVC that takes the processor back to privileged execution. */
export const SVC_PRIVILEGED = 0xff;
const CONTROL = 20;
const MSP = 8;
const PSP = 9;
const NMI = 2;
const FAULTS = [3, 4, 5, 6];
const SVCALL = 11;
const PENDSV = 14;
const FIRST_INTERRUPT = 16;
const INTERRUPTS = 8;
const PUSH_R4_R11_LR = [0xe92d, 0x4ff0];
const POP_R4_R11_PC = [0xe8bd, 0x8ff0];
const POP_R4_R11_LR = [0xe8bd, 0x4ff0];
const BX_LR = 0x4770;
/** EOR.W r0, lr, #2: makes of each kind of return (B1.5.8) one that does not exist, and can be undone. */
const FLIP_RETURN_KIND = [0xf08e, 0x0002];
const RESTORE_RETURN_KIND = [0xf02e, 0x0e02]; // BIC.W lr, lr, #2

/** Emits handlers; the answer is the address of each exception's handler, by exception number. */
export function emitHandlers(code: Assembly, random: Random): number[] {
  const idle = code.address;
  code.emit(BX_LR);
  const handlers = new Array<number>(VECTORS).fill(idle);
  const fault = emitFaultHandler(code);
  for (const exception of FAULTS) handlers[exception] = fault;
  handlers[NMI] = emitRandom(code, random, []);
  handlers[PENDSV] = emitRandom(code, random, HANDLER_UNITS);
  // An interrupt's handler pends only later ones and PendSV, so that there is an end to it.
  for (let line = 0; line < INTERRUPTS; line += 1) {
    const units = [...HANDLER_UNITS, { weight: 3, unit: pend(line + 1) }];
    handlers[FIRST_INTERRUPT + line] = emitRandom(code, random, units);
  }
  handlers[SVCALL] = emitSupervisorCall(code, random);
  return handlers;
}

const HANDLER_UNITS: readonly Weighted[] = [
  { weight: 10, unit: plain },
  { weight: 4, unit: ifThen },
  ...CONTROL_IN_HANDLERS.map((unit) => ({ weight: 1, unit })),
  ...SYSTEM.map((unit) => ({ weight: 1, unit })),
];

/** r0 := the frame that exception entry has pushed. */
const FRAME_TO_R0 = [0xf01e, 0x0f04, 0xbf0c, ...mrs(0, MSP), ...mrs(0, PSP)];

/** Without units the body is register work alone, which cannot fault: NMI has nothing to escalate to. */
function emitRandom(code: Assembly, random: Random, units: readonly Weighted[]): number {
  const entry = code.address;
  code.emit(...PUSH_R4_R11_LR);
  emitBody(code, random, units);
  const mayFault = units.length > 0;
  if (random.chance(0.4)) code.test('POP.W to PC (exception return)', POP_R4_R11_PC);
  else {
    code.emit(...POP_R4_R11_LR);
    if (mayFault && random.chance(0.4)) {
      code.emit(...FLIP_RETURN_KIND);
      code.test('BX to an illegal EXC_RETURN', [0x4700]);
    } else code.test('BX LR (exception return)', [BX_LR]);
  }
  return entry;
}

function emitBody(code: Assembly, random: Random, units: readonly Weighted[]): void {
  const draw = new Draw(random, code);
  if (units.length > 0) new Block(draw, units, 1).build(random.between(3, 8));
  else for (let i = 0; i < 8; i += 1) new Block(draw, units).test(random.pick(FORMS_16));
}

/** Gives privileges back when asked to, and does some work. */
function emitSupervisorCall(code: Assembly, random: Random): number {
  const entry = code.address;
  code.emit(...FRAME_TO_R0);
  code.emit(...PUSH_R4_R11_LR);
  code.emit(0xf8d0, 0x1018); // LDR.W r1, [r0, #24]: the return address
  code.emit(0xf811, 0x2c02); // LDRB r2, [r1, #-2]: the call's number
  code.emit(0x2a00 | SVC_PRIVILEGED, 0xbf02); // CMP r2, #255; ITTT EQ
  code.emit(...mrs(3, CONTROL));
  code.emit(0xf023, 0x0301); // BIC.W r3, r3, #1
  code.emit(...msr(3, CONTROL));
  // A call from here would be of the same priority, a HardFault: that too is stepped over.
  emitBody(code, random, HANDLER_UNITS);
  code.test('POP.W to PC (exception return)', POP_R4_R11_PC);
  return entry;
}

/**
 * Steps over the instruction that has faulted: sets Thumb state again where that was the reason, ends the handler
 * that failed to, goes back to the caller where the code could not be fetched, else adds the instruction's length. Leaves any IT block,
 * clears the reasons, gives privileges back.
 */
function emitFaultHandler(code: Assembly): number {
  const entry = code.address;
  const emit = (...halfWords: number[]): void => code.test('fault handler', halfWords);
  emit(...RESTORE_RETURN_KIND);
  for (const part of [FRAME_TO_R0.slice(0, 2), [0xbf0c], mrs(0, MSP), mrs(0, PSP)]) emit(...part);
  const constant = moveWord(3, 0xe000ed28);
  emit(...constant.slice(0, 2));
  emit(...constant.slice(2));
  emit(0x681a); // LDR r2, [r3]: CFSR
  emit(0x601a); // STR r2, [r3]: cleared
  code.test(READ_HFSR, [0x6859]); // LDR r1, [r3, #4]
  emit(0x6059); // STR r1, [r3, #4]
  emit(0xea42, 0x0c01); // ORR.W r12, r2, r1
  emit(0xf412, 0x4f00); // TST.W r2, #0x8000: BFARVALID
  emit(0xbf18); // IT NE
  emit(0x6919); // LDRNE r1, [r3, #16]: BFAR
  emit(...mrs(1, CONTROL));
  emit(0xf021, 0x0101); // BIC.W r1, r1, #1
  emit(...msr(1, CONTROL));
  emit(0x69c1); // LDR r1, [r0, #28]: xPSR
  emit(0xf021, 0x61c0); // BIC.W r1, r1, #0x06000000
  emit(0xf421, 0x417c); // BIC.W r1, r1, #0xFC00: out of the IT block
  emit(0xf041, 0x7180); // ORR.W r1, r1, #0x01000000: Thumb
  emit(0x61c1); // STR r1, [r0, #28]
  emit(0x6981); // LDR r1, [r0, #24]: the return address
  emit(0xf1bc, 0x0f00); // CMP.W r12, #0: another handler has seen to it already
  emit(0xd012); // BEQ to the end
  emit(0xf412, 0x2fc0); // TST.W r2, #0x60000: INVSTATE, INVPC
  emit(0xd10f); // BNE to the end
  emit(0xf240, 0x1c01); // MOVW r12, #0x101: IBUSERR, IACCVIOL
  emit(0xea12, 0x0f0c); // TST.W r2, r12
  emit(0xbf1c); // ITT NE
  emit(0x6941); // LDRNE r1, [r0, #20]: LR
  emit(0xf021, 0x0101); // BICNE r1, r1, #1
  emit(0xd105); // BNE to the store
  emit(0x880a); // LDRH r2, [r1]
  emit(0x0ad2); // LSRS r2, r2, #11
  emit(0x2a1d); // CMP r2, #29
  emit(0xbf2c); // ITE HS
  emit(0x3104); // ADDHS r1, #4
  emit(0x3102); // ADDLO r1, #2
  emit(0x6181); // STR r1, [r0, #24]
  emit(BX_LR);
  code.emit(NOP);
  return entry;
}
