import type { Assembly } from '../assembly.ts';
import { Block, type Weighted } from '../block.ts';
import { Draw } from '../draw.ts';
import type { Random } from '../random.ts';
import { mrs } from '../system.ts';
import { CONTROL_IN_HANDLERS, plainV6, registersOnly } from './control.ts';
import { DATA_BASE } from './layout.ts';
import { pend, SYSTEM } from './system.ts';

const VECTORS = 16 + 32;
const NMI = 2;
const HARD_FAULT = 3;
const SVCALL = 11;
const PENDSV = 14;
const FIRST_INTERRUPT = 16;
const INTERRUPTS = 8;
const BX_LR = 0x4770;
const MSP = 8;
const PSP = 9;

const HANDLER_UNITS: readonly Weighted[] = [
  { weight: 10, unit: plainV6 },
  ...CONTROL_IN_HANDLERS.map((unit) => ({ weight: 1, unit })),
  ...SYSTEM.map((unit) => ({ weight: 1, unit })),
];
/** Register work alone cannot fault: NMI has nothing to escalate to. */
const HARMLESS: readonly Weighted[] = [{ weight: 1, unit: registersOnly }];

/** Emits handlers; the answer is the address of each exception's handler, by exception number. */
export function emitHandlers(code: Assembly, random: Random): number[] {
  const idle = code.address;
  code.emit(BX_LR);
  const handlers = new Array<number>(VECTORS).fill(idle);
  handlers[HARD_FAULT] = emitHardFault(code);
  handlers[NMI] = emitRandom(code, random, HARMLESS);
  handlers[SVCALL] = emitRandom(code, random, HANDLER_UNITS);
  handlers[PENDSV] = emitRandom(code, random, HANDLER_UNITS);
  // An interrupt's handler pends only later ones and PendSV, so that there is an end to it.
  for (let line = 0; line < INTERRUPTS; line += 1) {
    const units = [...HANDLER_UNITS, { weight: 3, unit: pend(line + 1) }];
    handlers[FIRST_INTERRUPT + line] = emitRandom(code, random, units);
  }
  return handlers;
}

/** Saves r4 to r11 and LR, does some work, puts them back. */
function emitRandom(code: Assembly, random: Random, units: readonly Weighted[]): number {
  const entry = code.address;
  code.emit(0xb5f0, 0x4644, 0x464d, 0x4656, 0x465f, 0xb4f0); // PUSH {r4-r7, lr}; MOV r4-r7, r8-r11; PUSH {r4-r7}
  new Block(new Draw(random, code, DATA_BASE), units, 1, registersOnly).build(random.between(3, 8));
  code.emit(0xbcf0, 0x46a0, 0x46a9, 0x46b2, 0x46bb); // POP {r4-r7}; MOV r8-r11, r4-r7
  if (random.chance(0.5)) code.test('POP (T1) to PC (exception return)', [0xbdf0]);
  else {
    code.emit(0xbcf0, 0xbc01, 0x4686); // POP {r4-r7}; POP {r0}; MOV lr, r0
    code.test('BX LR (exception return)', [BX_LR]);
  }
  return entry;
}

/**
 * Steps over the instruction that has faulted: sets Thumb state again where that was the reason, goes back to the caller where
 * the code could not be fetched, else adds the instruction's length.
 */
function emitHardFault(code: Assembly): number {
  const entry = code.address;
  const lines: readonly (readonly number[])[] = [
    [0x4670], // MOV r0, lr
    [0x0740], // LSLS r0, r0, #29: the stack of the frame
    [0xd402], // BMI to the process stack
    mrs(0, MSP),
    [0xe001], // B over it
    mrs(0, PSP),
    [0x6981], // LDR r1, [r0, #24]: the return address
    [0x69c2], // LDR r2, [r0, #28]: xPSR
    [0x01d3], // LSLS r3, r2, #7: the Thumb bit
    [0xd50c], // BPL to the last part
    [0x0f0b], // LSRS r3, r1, #28
    [0xd106], // BNE to the caller
    [0x880b], // LDRH r3, [r1]
    [0x0adb], // LSRS r3, r3, #11
    [0x3102], // ADDS r1, #2
    [0x2b1d], // CMP r3, #29
    [0xd304], // BLO to the store
    [0x3102], // ADDS r1, #2
    [0xe002], // B to the store
    [0x6941], // the caller: LDR r1, [r0, #20]: LR
    [0x0849], // LSRS r1, r1, #1
    [0x0049], // LSLS r1, r1, #1
    [0x6181], // the store: STR r1, [r0, #24]
    [0x2301], // the last part: MOVS r3, #1
    [0x061b], // LSLS r3, r3, #24
    [0x431a], // ORRS r2, r3
    [0x61c2], // STR r2, [r0, #28]
    [BX_LR],
  ];
  for (const halfWords of lines) code.scaffold('fault handler', halfWords);
  return entry;
}
