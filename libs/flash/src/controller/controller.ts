import { hex32 } from '@boardwalk/contracts';
import { Patience, type Target } from '@boardwalk/debug';
import { FlashError } from '../errors.ts';
import type { FlashGeometry } from '../families/families.ts';
import { BANK_STRIDE, CR, FLASH, KEY1, KEY2, SR } from './registers.ts';

/** An erase of a slow clone takes ten times ST's 40 ms (DS5319 maximum). */
const ERASE_TIMEOUT_MS = 1000;
const ERASE_FIRST_LOOK_MS = 18;
const ERASE_POLL_MS = 1;

/** The target's flash controller, driven over the debug port: keys, erase, status. The core stands meanwhile. */
export class FlashController {
  readonly #base: number;

  constructor(
    private readonly target: Target,
    private readonly geometry: FlashGeometry,
  ) {
    this.#base = geometry.series.blocks.flash;
  }

  /** The registers of the bank that an address belongs to. */
  registersFor(address: number): number {
    return this.#base + this.#bankOffset(address);
  }

  /** Whether a bank has registers and a lock of its own. */
  isSecondBank(address: number): boolean {
    return this.#bankOffset(address) > 0;
  }

  #bankOffset(address: number): number {
    const { bankBytes } = this.geometry.family;
    const second = bankBytes !== null && address - this.geometry.baseAddress >= bankBytes;
    return second ? BANK_STRIDE : 0;
  }

  async isReadProtected(): Promise<boolean> {
    const { readProtected } = this.geometry.series.options.loaded;
    return ((await this.target.readWord(this.#base + FLASH.OBR)) & readProtected) !== 0;
  }

  /** The keys go in whether or not LOCK reads 1: one clone shows 0 while it is locked. */
  async unlock(address: number): Promise<void> {
    const at = this.registersFor(address);
    if ((await this.target.readWord(at + FLASH.CR)) & CR.LOCK || at === this.#base) {
      await this.target.writeWord(at + FLASH.KEYR, KEY1);
      await this.target.writeWord(at + FLASH.KEYR, KEY2);
    }
    await this.target.writeWord(at + FLASH.SR, SR.CLEAR);
  }

  async lock(): Promise<void> {
    await this.target.writeWord(this.#base + FLASH.CR, CR.LOCK);
  }

  async erasePage(address: number): Promise<void> {
    const at = this.registersFor(address);
    await this.target.writeWord(at + FLASH.CR, CR.PER);
    await this.target.writeWord(at + FLASH.AR, address);
    await this.target.writeWord(at + FLASH.CR, CR.PER | CR.STRT);
    await this.#finish(at, address, 'erase the page');
  }

  async massErase(): Promise<void> {
    const { baseAddress, family, sizeBytes } = this.geometry;
    const banks = family.bankBytes !== null && sizeBytes > family.bankBytes ? [0, family.bankBytes] : [0];
    for (const bank of banks) {
      const address = baseAddress + bank;
      const at = this.registersFor(address);
      await this.unlock(address);
      await this.target.writeWord(at + FLASH.CR, CR.MER);
      await this.target.writeWord(at + FLASH.CR, CR.MER | CR.STRT);
      await this.#finish(at, address, 'erase the flash');
    }
  }

  /** BSY first, then the error bits: before that they mean nothing on some parts. */
  async #finish(at: number, address: number, doing: string): Promise<void> {
    const patience = new Patience(this.target.link.clock, ERASE_TIMEOUT_MS);
    await patience.wait(ERASE_FIRST_LOOK_MS);
    let status = await this.target.readWord(at + FLASH.SR);
    while (status & SR.BSY) {
      await patience.wait(ERASE_POLL_MS);
      const late = patience.spent();
      status = await this.target.readWord(at + FLASH.SR);
      if (late && status & SR.BSY) {
        throw new FlashError(
          'flash.timeout:erase',
          { ms: ERASE_TIMEOUT_MS, doing, address: hex32(address) },
          { address },
        );
      }
    }
    await this.target.writeWord(at + FLASH.SR, SR.CLEAR);
    await this.target.writeWord(at + FLASH.CR, 0);
    if (status & SR.WRPRTERR) throw writeProtected(address);
  }
}

export function writeProtected(address: number): FlashError {
  return new FlashError('flash.write_protected', { address: hex32(address) }, { address });
}
