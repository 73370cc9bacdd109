import { hex } from '@boardwalk/contracts';
import { mayPass, Patience, type Target } from '@boardwalk/debug';
import type { Series } from '@boardwalk/series';
import { CR, FLASH, KEY1, KEY2, SR } from '../controller/registers.ts';
import { FlashError } from '../errors.ts';
import { notTaken, permanent } from './option-errors.ts';

/** An erase of the options, or of all flash when protection is lifted; ten times ST's 40 ms for slow clones. */
const BUSY_TIMEOUT_MS = 1000;
const POLL_MS = 1;
/** How often all option bytes are written again after an exchange failed. */
const MOST_REPEATS = 2;

/** Erases and programs the option bytes of one chip. They count once the chip has loaded them. */
export class OptionWriter {
  readonly #registers: number;

  constructor(
    private readonly target: Target,
    private readonly series: Series,
  ) {
    this.#registers = series.blocks.flash;
  }

  /**
   * Writes all option bytes. Once they are erased a reset would leave the chip protected: an exchange that fails is
   * answered by reading whether they are still open, and by writing them all again.
   * @throws FlashError `flash.permanent`, before anything is changed; `flash.options_not_taken`, `flash.timeout`
   */
  async write(options: Uint8Array): Promise<void> {
    if (options[0] === this.series.options.readProtection.permanent) throw permanent(options[0]);
    await this.#unlock();
    for (let left = MOST_REPEATS; ; left -= 1) {
      try {
        await this.#eraseAndWrite(options);
        if (this.series.options.loadedBy === 'launch') await this.#check(options);
        break;
      } catch (cause) {
        const again = mayPass(cause) || cause instanceof WrongByte;
        if (left === 0 || !again || !(await this.#isOpen()))
          throw cause instanceof WrongByte ? cause.error : cause;
        await this.#finished('end what was begun');
      }
    }
    await this.#set(FLASH.CR, CR.LOCK);
  }

  async #unlock(): Promise<void> {
    for (const register of [FLASH.KEYR, FLASH.OPTKEYR]) {
      await this.#set(register, KEY1);
      await this.#set(register, KEY2);
    }
    if (!(await this.#isOpen())) throw notTaken('the option bytes stay locked');
  }

  async #isOpen(): Promise<boolean> {
    return ((await this.target.readWord(this.#registers + FLASH.CR)) & CR.OPTWRE) !== 0;
  }

  /** RDP first: a supply that fails after the erase would leave the chip protected, and empty once it is opened. */
  async #eraseAndWrite(options: Uint8Array): Promise<void> {
    await this.#set(FLASH.SR, SR.CLEAR);
    await this.#set(FLASH.CR, CR.OPTER | CR.OPTWRE);
    await this.#set(FLASH.CR, CR.OPTER | CR.STRT | CR.OPTWRE);
    await this.#finished('erase the option bytes');
    await this.#set(FLASH.CR, CR.OPTPG | CR.OPTWRE);
    const { base } = this.series.options;
    for (const [i, option] of options.entries()) {
      await this.target.writeHalfWord(base + 2 * i, withComplement(option));
      await this.#finished('program an option byte');
    }
  }

  /** Before they count, a wrong byte can still be written again; after a wrong RDP has been loaded, not always. */
  async #check(options: Uint8Array): Promise<void> {
    const { base } = this.series.options;
    const stored = await this.target.readMemory(base, 2 * options.length);
    const wrong = options.findIndex(
      (option, i) => (stored[2 * i]! | (stored[2 * i + 1]! << 8)) !== withComplement(option),
    );
    if (wrong >= 0) throw new WrongByte(notTaken(`byte ${wrong} reads ${hex(stored[2 * wrong]!)}`));
  }

  #set(register: number, value: number): Promise<void> {
    return this.target.writeWord(this.#registers + register, value);
  }

  async #finished(doing: string): Promise<void> {
    const patience = new Patience(this.target.link.clock, BUSY_TIMEOUT_MS);
    for (;;) {
      const late = patience.spent();
      if (((await this.target.readWord(this.#registers + FLASH.SR)) & SR.BSY) === 0) return;
      if (late) {
        throw new FlashError('flash.timeout:options', { ms: BUSY_TIMEOUT_MS, doing });
      }
      await patience.wait(POLL_MS);
    }
  }
}

/** A byte that is not what was written: worth writing again. */
class WrongByte extends Error {
  constructor(readonly error: FlashError) {
    super(error.message);
  }
}

const withComplement = (option: number): number => option | ((~option & 0xff) << 8);
