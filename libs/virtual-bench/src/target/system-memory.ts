import type { BoardProfile } from '../profiles/profile.ts';
import type { SignatureFacts } from '../profiles/series.ts';
import { bootRomOf } from './boot-rom.ts';
import { wordAt } from './byte-lanes.ts';
import { OPTION_BASE, OPTION_BYTES, type OptionBytes } from './option-bytes.ts';

const UID_BYTES = 12;

/** Boot ROM, signature and option bytes, as a program or a debugger reads them. */
export class SystemMemory {
  /** The signature reads as ones until the next reset. */
  signatureBlank = false;
  readonly #bootRom: Uint8Array;

  constructor(
    private readonly profile: BoardProfile,
    private readonly facts: SignatureFacts,
    private readonly uid: readonly number[],
    private readonly options: OptionBytes,
  ) {
    this.#bootRom = bootRomOf(profile);
  }

  /** The word at an address; null where nothing answers. */
  read(word: number): number | null {
    const { bootRomBase } = this.profile;
    if (word >= this.facts.base && word < OPTION_BASE) return this.#signature(word);
    if (word >= bootRomBase && word < bootRomBase + this.#bootRom.length)
      return wordAt(this.#bootRom, word - bootRomBase);
    if (word >= OPTION_BASE && word < OPTION_BASE + OPTION_BYTES)
      return wordAt(this.options.cells, word - OPTION_BASE);
    return null;
  }

  /** The word of the boot ROM at that offset; null after its end. */
  romWord(offset: number): number | null {
    return offset < this.#bootRom.length ? wordAt(this.#bootRom, offset) : null;
  }

  #signature(word: number): number {
    const { sizeAddress, uidAddress, others, sizeHiddenByProtection } = this.facts;
    if (this.signatureBlank) return 0xffffffff;
    if (word === sizeAddress) {
      const size = sizeHiddenByProtection && this.options.readProtected ? 0 : this.profile.flashSizeKib;
      return ((this.profile.signatureHigh << 16) | size) >>> 0;
    }
    if (word >= uidAddress && word < uidAddress + UID_BYTES)
      return this.uid[(word - uidAddress) >>> 2]! >>> 0;
    return others[word] ?? 0xffffffff;
  }
}
