import type { OptionFacts } from '../profiles/series.ts';

export const OPTION_BASE = 0x1ffff800;
export const OPTION_BYTES = 16;
/** Factory content of the bytes after RDP: each all ones, its complement zero. */
const FACTORY_REST = [0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0, 0xff, 0];
const N_BOOT0 = 1 << 3;
const N_BOOT1 = 1 << 4;
const BOOT_SEL = 1 << 7;
/** RDPRT in OBR by protection level. */
const RDPRT = [0, 1, 3] as const;

/** The sixteen option bytes and what the hardware loads from them (PM0075, 2.4; RM0091, 4). */
export class OptionBytes {
  /** Eight half-words, low byte the option, high byte its complement. */
  readonly cells = new Uint8Array(OPTION_BYTES);
  obr = 0;
  wrpr = 0xffffffff;
  /** The protection level that was loaded last. */
  level: 0 | 1 | 2 = 0;
  #user = 0xff;

  constructor(
    private readonly facts: OptionFacts,
    private readonly wrpBytes: number,
  ) {
    this.cells.set([facts.level0, ~facts.level0 & 0xff, ...FACTORY_REST]);
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
    const [rdp, user, data0, data1, ...wrp] = Array.from({ length: 8 }, (_, index) => option(index));
    const { level0, level2, obr } = this.facts;
    this.level = rdp === level0 ? 0 : rdp === level2 ? 2 : 1;
    const data = (data0! << obr.data) | (data1! << (obr.data + 8));
    this.obr = (error | (RDPRT[this.level] << 1) | (user! << obr.user) | data) >>> 0;
    this.#user = user!;
    this.wrpr = wrp.reduce((all, byte, i) => all | ((i < this.wrpBytes ? byte : 0xff) << (8 * i)), 0) >>> 0;
  }

  get readProtected(): boolean {
    return this.level !== 0;
  }

  get hardwareWatchdog(): boolean {
    return (this.#user & 1) === 0;
  }

  /** The boot memory by BOOT_SEL, nBOOT0 and nBOOT1, where the part has them; BOOT0, the pin, is low (RM0091 2.5). */
  get bootMemory(): 'flash' | 'rom' | 'sram' {
    if (this.#user & (BOOT_SEL | N_BOOT0)) return 'flash';
    return this.#user & N_BOOT1 ? 'rom' : 'sram';
  }

  /** Whether the WRP bit of a place in flash lets it be erased and programmed. */
  writable(flashOffset: number): boolean {
    // One bit for 4 KiB on every density; the last one covers the rest of a large part (PM0075, 2.4.2).
    return ((this.wrpr >>> Math.min(flashOffset >>> 12, 31)) & 1) === 1;
  }

  get anyWriteProtection(): boolean {
    return this.wrpr !== 0xffffffff;
  }
}
