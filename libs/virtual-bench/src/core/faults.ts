/** Reasons for a fault, as bits of CFSR (ARM DDI0403 B3.2.15). */
export const CFSR = {
  IACCVIOL: 1 << 0,
  DACCVIOL: 1 << 1,
  MUNSTKERR: 1 << 3,
  MSTKERR: 1 << 4,
  MMARVALID: 1 << 7,
  IBUSERR: 1 << 8,
  PRECISERR: 1 << 9,
  IMPRECISERR: 1 << 10,
  UNSTKERR: 1 << 11,
  STKERR: 1 << 12,
  BFARVALID: 1 << 15,
  UNDEFINSTR: 1 << 16,
  INVSTATE: 1 << 17,
  INVPC: 1 << 18,
  NOCP: 1 << 19,
  UNALIGNED: 1 << 24,
  DIVBYZERO: 1 << 25,
} as const;

/** Reasons for a HardFault, as bits of HFSR (ARM DDI0403 B3.2.16). */
export const HFSR = { VECTTBL: 1 << 1, FORCED: 1 << 30, DEBUGEVT: 1 << 31 } as const;

export const EXCEPTION = {
  reset: 1,
  nmi: 2,
  hardFault: 3,
  memManage: 4,
  busFault: 5,
  usageFault: 6,
  svCall: 11,
  debugMonitor: 12,
  pendSv: 14,
  sysTick: 15,
  firstInterrupt: 16,
} as const;

/** Thrown by an instruction that cannot complete; the processor turns it into an exception. */
export class CoreFault extends Error {
  constructor(
    /** MemManage, BusFault or UsageFault. */
    readonly exception: number,
    readonly cfsrBits: number,
    readonly address: number | null = null,
  ) {
    super(`exception ${exception}, CFSR 0x${cfsrBits.toString(16)}`);
  }
}

export function usageFault(cfsrBits: number): CoreFault {
  return new CoreFault(EXCEPTION.usageFault, cfsrBits);
}
