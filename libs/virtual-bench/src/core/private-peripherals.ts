import { BusFault, type AccessBytes } from './system-bus.ts';
import type { CoreProfile } from './profiles.ts';

const PPB_BASE = 0xe0000000;
/** Component identification every CoreSight block of this core carries (ARM DDI0314). */
const CIDR = [0x0d, 0xe0, 0x05, 0xb1];
const PIDR4_ARM = 0x04;

/** One block of registers on the private bus; null where it has none at that offset. */
interface Block {
  read(offset: number): number | null;
  write(offset: number, value: number): void;
}

/** A core's own blocks. */
interface PeripheralHost {
  readonly profile: Pick<CoreProfile, 'components' | 'architecture'>;
  readonly watchpoints: Block;
  readonly breakpoints: Block;
  readonly debug: Block;
  readonly nvic: Block;
  readonly scs: Block;
  debugChanged(): void;
}

const DWT = 0x01;
const BREAKPOINTS = 0x02;
const SCS = 0x0e;
/** DFSR, and DHCSR to DEMCR, in the SCS. */
const DFSR = 0xd30;
const isDebugRegister = (offset: number): boolean => offset === DFSR || (offset >= 0xdf0 && offset < 0xe00);

/** The private peripheral bus: ITM, DWT, FPB, SCS, TPIU, ETM, each a 4 KiB block. */
export class PrivatePeripherals {
  readonly #core: PeripheralHost;
  readonly #itm = new Uint32Array(1024);
  readonly #tpiu = new Uint32Array(1024);

  constructor(core: PeripheralHost) {
    this.#core = core;
  }

  /** @throws BusFault where no component answers */
  read(address: number, bytes: AccessBytes, byDebugger: boolean): number {
    this.#requireWidth(address, bytes, false);
    if (this.#hidden(address, byDebugger)) return 0;
    const word = this.#readWord(address & ~3);
    if (word === null) throw new BusFault(address, false);
    const shifted = (word >>> (8 * (address & 3))) >>> 0;
    return bytes === 4 ? shifted : bytes === 2 ? shifted & 0xffff : shifted & 0xff;
  }

  /** @throws BusFault where no component answers */
  write(address: number, bytes: AccessBytes, value: number, byDebugger: boolean): void {
    this.#requireWidth(address, bytes, true);
    if (this.#hidden(address, byDebugger)) return;
    const at = address & ~3;
    if (bytes === 4) {
      this.#writeWord(at, value >>> 0, address);
      return;
    }
    // Priority registers take bytes; elsewhere a narrow write replaces its part of the word.
    const shift = 8 * (address & 3);
    const mask = (bytes === 2 ? 0xffff : 0xff) << shift;
    const old = this.#readWord(at) ?? 0;
    this.#writeWord(at, ((old & ~mask) | ((value << shift) & mask)) >>> 0, address);
  }

  #requireWidth(address: number, bytes: AccessBytes, write: boolean): void {
    if (bytes !== 4 && this.#core.profile.architecture.privateWordsOnly) throw new BusFault(address, write);
  }

  /** Whether these registers are a debugger's alone. */
  #hidden(address: number, byDebugger: boolean): boolean {
    if (byDebugger || this.#core.profile.architecture.debugFromCode) return false;
    const block = ((address - PPB_BASE) >>> 12) & 0xff;
    if (block === DWT || block === BREAKPOINTS) return true;
    return block === SCS && isDebugRegister(address & 0xffc);
  }

  #readWord(address: number): number | null {
    const block = ((address - PPB_BASE) >>> 12) & 0xff;
    const offset = address & 0xfff;
    const core = this.#core;
    const { components } = core.profile;
    switch (block) {
      case 0x00:
        if (components.itm === null) return 0;
        return identification(offset, components.itm) ?? this.#itm[offset >>> 2] ?? 0;
      case DWT:
        return identification(offset, components.dwt) ?? core.watchpoints.read(offset);
      case BREAKPOINTS:
        return identification(offset, components.fpb) ?? core.breakpoints.read(offset);
      case SCS:
        if (offset >= 0xdf0 && offset < 0xe00) return core.debug.read(offset);
        if (offset >= 0x100 && offset < 0x500) return (core.nvic.read(offset) ?? 0) >>> 0;
        return identification(offset, components.scs) ?? (core.scs.read(offset) ?? 0) >>> 0;
      case 0x40:
        if (components.tpiu === null) return 0;
        return identification(offset, components.tpiu) ?? this.#tpiu[offset >>> 2] ?? 0;
      case 0x41:
        return components.etm === null ? 0 : (identification(offset, components.etm) ?? 0);
      default:
        return core.profile.architecture.privateGapsFault ? null : 0;
    }
  }

  #writeWord(address: number, value: number, faultAddress: number): void {
    const block = ((address - PPB_BASE) >>> 12) & 0xff;
    const offset = address & 0xfff;
    const core = this.#core;
    switch (block) {
      case 0x00:
        if (offset < 0xfd0) this.#itm[offset >>> 2] = value;
        break;
      case DWT:
        core.watchpoints.write(offset, value);
        core.debugChanged();
        break;
      case BREAKPOINTS:
        core.breakpoints.write(offset, value);
        core.debugChanged();
        break;
      case SCS:
        if (offset >= 0xdf0 && offset < 0xe00) core.debug.write(offset, value);
        else if (offset >= 0x100 && offset < 0x500) core.nvic.write(offset, value);
        else core.scs.write(offset, value);
        break;
      case 0x40:
        if (offset < 0xfd0) this.#tpiu[offset >>> 2] = value;
        break;
      case 0x41:
        break;
      default:
        if (core.profile.architecture.privateGapsFault) throw new BusFault(faultAddress, true);
    }
  }
}

function identification(offset: number, pidr: number): number | null {
  if (offset < 0xfd0) return null;
  if (offset === 0xfd0) return PIDR4_ARM;
  if (offset >= 0xff0) return CIDR[(offset - 0xff0) >>> 2] ?? 0;
  if (offset >= 0xfe0) return (pidr >>> (8 * ((offset - 0xfe0) >>> 2))) & 0xff;
  return 0;
}
