import { SCS } from '@boardwalk/series';

/** Debug registers of a Cortex-M (ARM DDI0403, C1.6; DDI0419, C1.6). */
export const DHCSR = SCS + 0xdf0;
export const DCRSR = SCS + 0xdf4;
export const DCRDR = SCS + 0xdf8;
export const DEMCR = SCS + 0xdfc;
export const AIRCR = SCS + 0xd0c;
export const DFSR = SCS + 0xd30;
export const CPUID = SCS + 0xd00;

export const DBGKEY = 0xa05f0000;
export const C_DEBUGEN = 1;
export const C_HALT = 2;
export const C_STEP = 4;
export const C_MASKINTS = 8;
export const S_HALT = 1 << 17;
export const S_SLEEP = 1 << 18;
export const S_LOCKUP = 1 << 19;
export const S_RESET_ST = 1 << 25;
export const TRCENA = 1 << 24;
export const VC_CORERESET = 1;
/** DFSR: halted by vector catch; writing 1 clears it. */
export const DFSR_VCATCH = 8;
export const SYSRESETREQ = 0x05fa0004;

/** Core registers by DCRSR's REGSEL (ARM DDI0403, C1.6.3). */
export const CORE_REGISTERS = {
  r0: 0,
  r1: 1,
  r2: 2,
  r3: 3,
  r4: 4,
  r5: 5,
  r6: 6,
  r7: 7,
  r8: 8,
  r9: 9,
  r10: 10,
  r11: 11,
  r12: 12,
  sp: 13,
  lr: 14,
  pc: 15,
  xpsr: 16,
  msp: 17,
  psp: 18,
  /** CONTROL, FAULTMASK, BASEPRI and PRIMASK in one word. */
  special: 20,
} as const;
export type CoreRegister = keyof typeof CORE_REGISTERS;

/** REGSEL 0 to 18, as a link reads them in one: r0 to r15, xPSR, MSP, PSP. */
export const ALL_REGISTERS: readonly CoreRegister[] = (Object.keys(CORE_REGISTERS) as CoreRegister[]).filter(
  (name) => name !== 'special',
);
