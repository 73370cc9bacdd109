import { BusFault, type AccessBytes, type SystemBus } from './system-bus.ts';
import { bitBandOf } from './bit-band.ts';
import { CodeCache } from './code-cache.ts';
import { CoreRegisters } from './core-registers.ts';
import type { DebugControl } from './debug-control.ts';
import { CFSR, CoreFault, EXCEPTION, usageFault } from './faults.ts';
import type { PrivatePeripherals } from './private-peripherals.ts';
import { requirePrivilege } from './privilege.ts';
import type { CoreProfile } from './profiles.ts';
import type { SystemControl } from './system-control.ts';
import type { Watchpoints } from './watchpoints.ts';

/** How a processor reaches memory: loads and stores of instructions, and the AHB-AP's accesses. */
export abstract class MemoryAccess extends CoreRegisters {
  /** Within LDRT, STRT and their like: the access counts as unprivileged. */
  unprivilegedAccess = false;
  abstract readonly scs: SystemControl;
  abstract readonly watchpoints: Watchpoints;
  protected abstract readonly peripherals: PrivatePeripherals;
  abstract readonly debug: DebugControl;
  protected readonly code: CodeCache;
  /** Something was written, or read with a side effect. */
  protected sideEffect = true;
  protected busCycles = 0;
  protected watchHit = false;
  protected readonly bitBands: boolean;

  constructor(
    readonly bus: SystemBus,
    readonly profile: CoreProfile,
  ) {
    super(profile.architecture.registers);
    this.code = new CodeCache(bus, profile.architecture);
    this.bitBands = profile.architecture.bitBands;
  }

  load(address: number, bytes: AccessBytes): number {
    const at = address >>> 0;
    if (at % bytes !== 0) return this.#loadUnaligned(at, bytes);
    if (this.watchpoints.watching && this.watchpoints.hits(at, bytes, false))
      this.watchHit = this.debug.enabled;
    if (at >>> 29 !== 0) this.busCycles += 1;
    if (at >= 0xe0000000) {
      if (!this.scs.readsStill(at)) this.sideEffect = true;
      return this.#private(at, bytes);
    }
    try {
      const band = bitBandOf(at);
      if (band && this.bitBands) return (this.bus.read(band.address, 1, 'data') >>> band.bit) & 1;
      return this.bus.read(at, bytes, 'data');
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  store(address: number, bytes: AccessBytes, value: number): void {
    const at = address >>> 0;
    this.sideEffect = true;
    if (at % bytes !== 0) {
      this.#storeUnaligned(at, bytes, value);
      return;
    }
    if (this.watchpoints.watching && this.watchpoints.hits(at, bytes, true))
      this.watchHit = this.debug.enabled;
    if (at >>> 29 !== 0) this.busCycles += 1;
    const masked = bytes === 4 ? value >>> 0 : bytes === 2 ? value & 0xffff : value & 0xff;
    try {
      if (at >= 0xe0000000) {
        requirePrivilege(this, at, true);
        this.ppbWrite(at, bytes, masked);
        return;
      }
      this.code.invalidate(at, bytes);
      const band = bitBandOf(at);
      if (band && this.bitBands) this.#writeBit(band.address, band.bit, masked & 1, 'data');
      else this.bus.write(at, bytes, masked, 'data');
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  #private(at: number, bytes: AccessBytes): number {
    try {
      requirePrivilege(this, at, false);
      return this.ppbRead(at, bytes);
    } catch (cause) {
      throw dataFault(cause, CFSR.PRECISERR | CFSR.BFARVALID);
    }
  }

  #writeBit(address: number, bit: number, value: number, master: 'data' | 'debug'): void {
    const old = this.bus.read(address, 1, master);
    this.bus.write(address, 1, (old & ~(1 << bit)) | (value << bit), master);
  }

  requireAlignment(address: number, bytes: number): void {
    if ((address >>> 0) % bytes !== 0) throw usageFault(CFSR.UNALIGNED);
  }

  #loadUnaligned(at: number, bytes: AccessBytes): number {
    if (this.scs.unalignedTraps) throw usageFault(CFSR.UNALIGNED);
    let value = 0;
    for (let i = 0; i < bytes; i += 1) value |= this.load(at + i, 1) << (8 * i);
    return value >>> 0;
  }

  #storeUnaligned(at: number, bytes: AccessBytes, value: number): void {
    if (this.scs.unalignedTraps) throw usageFault(CFSR.UNALIGNED);
    for (let i = 0; i < bytes; i += 1) this.store(at + i, 1, (value >>> (8 * i)) & 0xff);
  }

  ppbRead(address: number, bytes: AccessBytes): number {
    if (isChipOwned(address)) return this.bus.read(address, bytes, 'data');
    return this.peripherals.read(address, bytes, false);
  }

  ppbWrite(address: number, bytes: AccessBytes, value: number): void {
    if (isChipOwned(address)) this.bus.write(address, bytes, value, 'data');
    else this.peripherals.write(address, bytes, value, false);
  }

  /** An access of the AHB-AP. @throws BusFault */
  debugRead(address: number, bytes: AccessBytes): number {
    const at = address >>> 0;
    if (at >= 0xe0000000 && !isChipOwned(at)) return this.peripherals.read(at, bytes, true);
    const band = bitBandOf(at);
    if (band && this.bitBands) return (this.bus.read(band.address, 1, 'debug') >>> band.bit) & 1;
    return this.bus.read(at, bytes, 'debug');
  }

  /** An access of the AHB-AP. @throws BusFault */
  debugWrite(address: number, bytes: AccessBytes, value: number): void {
    const at = address >>> 0;
    this.sideEffect = true;
    if (at >= 0xe0000000 && !isChipOwned(at)) {
      this.peripherals.write(at, bytes, value, true);
      return;
    }
    this.code.invalidate(at, bytes);
    const band = bitBandOf(at);
    if (band && this.bitBands) this.#writeBit(band.address, band.bit, value & 1, 'debug');
    else this.bus.write(at, bytes, value, 'debug');
  }

  /** Memory changed beside the core's own stores (flash programming): decoded instructions are dropped. */
  invalidateCode(address: number, lengthBytes: number): void {
    this.code.invalidate(address, lengthBytes);
    this.sideEffect = true;
  }
}

/** DBGMCU and the ROM table stand on the private bus but belong to the chip. */
function isChipOwned(address: number): boolean {
  return (address >= 0xe0042000 && address < 0xe0043000) || (address >= 0xe00ff000 && address <= 0xe00fffff);
}

function dataFault(cause: unknown, bits: number): unknown {
  if (!(cause instanceof BusFault)) return cause;
  return new CoreFault(EXCEPTION.busFault, bits, cause.address);
}
