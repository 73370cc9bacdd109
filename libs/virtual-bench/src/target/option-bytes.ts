export const OPTION_BASE = 0x1ffff800;
export const OPTION_BYTES = 16;
const RDP_KEY = 0xa5;

/** The sixteen option bytes and what the hardware loads from them at a system reset (PM0075, 2.4). */
export class OptionBytes {
  /** Eight half-words, low byte the option, high byte its complement. */
  readonly cells = new Uint8Array(OPTION_BYTES);
  obr = 0;
  wrpr = 0xffffffff;

  constructor() {
    this.restoreFactory();
  }

  restoreFactory(): void {
    this.cells.set([0xa5, 0x5a, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0]);
    this.load();
  }

  /** Loads OBR and WRPR from the cells; a byte whose complement does not match counts as 0xFF and is an error. */
  load(): void {
    let error = 0;
    const option = (index: number): number => {
      const value = this.cells[index * 2]!;
      const complement = this.cells[index * 2 + 1]!;
      if (value === 0xff && complement === 0xff) return 0xff;
      if ((value ^ complement) !== 0xff) {
        error = 1;
        return 0xff;
      }
      return value;
    };
    const values = Array.from({ length: 8 }, (_, index) => option(index));
    const rdp = values[0] === RDP_KEY ? 0 : 1;
    const [, user, data0, data1, w0, w1, w2, w3] = values as [number, ...number[]];
    this.obr = (error | (rdp << 1) | (user! << 2) | (data0! << 10) | (data1! << 18)) >>> 0;
    this.wrpr = (w0! | (w1! << 8) | (w2! << 16) | (w3! << 24)) >>> 0;
  }

  get readProtected(): boolean {
    return (this.obr & 2) !== 0;
  }

  get hardwareWatchdog(): boolean {
    return (this.obr & 4) === 0;
  }

  /** Whether a page may be erased or programmed: its WRP bit, and the first 4 KiB while read-protected. */
  writable(flashOffset: number): boolean {
    const sector = flashOffset >>> 12;
    if (this.readProtected && sector === 0) return false;
    // One bit a 4 KiB on every density; the last one covers the rest of a large part (PM0075, 2.4.2).
    return ((this.wrpr >>> Math.min(sector, 31)) & 1) === 1;
  }

  get anyWriteProtection(): boolean {
    return this.wrpr !== 0xffffffff;
  }
}
