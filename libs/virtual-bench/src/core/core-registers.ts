/** Bits of the registers that an architecture version has. */
export interface RegisterMasks {
  /** APSR.Q: 1 or 0. */
  readonly q: number;
  /** ITSTATE: 0xff or 0. */
  readonly it: number;
  readonly control: number;
  /** The flags out of reset, which the architecture leaves open. */
  readonly apsrAtReset: number;
  /** BASEPRI and FAULTMASK. */
  readonly faultMasks: boolean;
}

/** The registers that instructions see (ARM DDI0403 B1.4): r0..r15, program status, the two stacks, CONTROL. */
export class CoreRegisters {
  readonly r = new Int32Array(16);
  n = 0;
  z = 0;
  c = 0;
  v = 0;
  q = 0;
  itState = 0;
  ipsr = 0;
  thumb = true;
  primask = 0;
  basepri = 0;
  faultmask = 0;
  control = 0;
  /** The stack pointer that is not in r[13]. */
  otherStack = 0;

  constructor(readonly masks: RegisterMasks) {}

  apsr(): number {
    return (this.n << 31) | (this.z << 30) | (this.c << 29) | (this.v << 28) | (this.q << 27);
  }

  setApsr(value: number): void {
    this.n = value >>> 31;
    this.z = (value >>> 30) & 1;
    this.c = (value >>> 29) & 1;
    this.v = (value >>> 28) & 1;
    this.q = (value >>> 27) & this.masks.q;
  }

  xpsr(): number {
    const it = ((this.itState & 3) << 25) | ((this.itState >>> 2) << 10);
    return this.apsr() | (this.thumb ? 1 << 24 : 0) | it | this.ipsr;
  }

  setXpsr(value: number): void {
    this.setApsr(value);
    this.thumb = ((value >>> 24) & 1) === 1;
    this.itState = (((value >>> 25) & 3) | ((value >>> 8) & 0xfc)) & this.masks.it;
  }

  privileged(): boolean {
    return this.ipsr !== 0 || (this.control & 1) === 0;
  }

  /** True when r[13] is the process stack. */
  usesProcessStack(): boolean {
    return this.ipsr === 0 && (this.control & 2) !== 0;
  }

  stackPointer(process: boolean): number {
    return process === this.usesProcessStack() ? this.r[13]! : this.otherStack;
  }

  setStackPointer(process: boolean, value: number): void {
    if (process === this.usesProcessStack()) this.r[13] = value & ~3;
    else this.otherStack = value & ~3;
  }

  setControl(value: number): void {
    const before = this.usesProcessStack();
    const wanted = value & this.masks.control;
    this.control = this.ipsr === 0 ? wanted : (wanted & 1) | (this.control & 2);
    if (before !== this.usesProcessStack()) this.swapStacks();
  }

  swapStacks(): void {
    const current = this.r[13]!;
    this.r[13] = this.otherStack;
    this.otherStack = current;
  }

  writeRegister(index: number, value: number): void {
    this.r[index] = index === 13 ? value & ~3 : value;
  }
}
