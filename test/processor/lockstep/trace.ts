const REGISTERS = 16;
const LINE_BYTES = 'R00=00000000 R01=00000000 R02=00000000 R03=00000000\n'.length;
const FIELD_BYTES = 'R00=00000000 '.length;
const VALUE_AT = 'R00='.length;
const XPSR_AT = 4 * LINE_BYTES + 'XPSR='.length;
const NEWLINE = 10;
const DIGITS = new Uint8Array(256);
for (let i = 0; i < 16; i += 1) DIGITS[i.toString(16).charCodeAt(0)] = i;

/** The registers that the log shows: r0..r15, then xPSR. */
export const XPSR = REGISTERS;

/** Walks through QEMU's `-d cpu` log of an M-profile processor, one instruction a step. */
export class Trace {
  /** State before the instruction: r0..r15 and xPSR. */
  readonly state = new Int32Array(REGISTERS + 1);
  #at = 0;

  constructor(private readonly log: Buffer) {}

  /** False at the end of the log. */
  next(): boolean {
    const { log } = this;
    if (this.#at >= log.length) return false;
    for (let i = 0; i < REGISTERS; i += 1) {
      this.state[i] = this.#word(this.#at + (i >> 2) * LINE_BYTES + (i & 3) * FIELD_BYTES + VALUE_AT);
    }
    this.state[XPSR] = this.#word(this.#at + XPSR_AT);
    const end = log.indexOf(NEWLINE, this.#at + XPSR_AT);
    this.#at = end < 0 ? log.length : end + 1;
    return true;
  }

  #word(at: number): number {
    let value = 0;
    for (let i = at; i < at + 8; i += 1) value = (value << 4) | DIGITS[this.log[i]!]!;
    return value;
  }
}
