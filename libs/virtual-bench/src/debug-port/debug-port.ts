import { BusFault, type AccessBytes } from '../core/system-bus.ts';
import type { Chip } from '../target/chip.ts';
import { SWD_CLOCKS_PER_TRANSFER } from '../time/constants.ts';
import type { LedgerParts } from '../time/ledger.ts';
import type { Socket } from './socket.ts';

const PS_PER_S = 1e12;
const STICKYERR = 1 << 5;
const WDATAERR = 1 << 7;
const POWER_REQUESTS = (1 << 28) | (1 << 30);
const CTRL_WRITABLE = 0x54000fff & ~(STICKYERR | WDATAERR | 0x12);
const CSW_WRITABLE = 0x7f000037;
/** CSW.AddrInc: several small items a transfer. */
const INCREMENT_PACKED = 2;
/** The highest byte of an address in flash. */
const FLASH_BYTE = 0x08;
const LANE_MASK = { 1: 0xff, 2: 0xffff, 4: -1 } as const;
/** Words moved between two looks at the clock while the core runs beside the block. */
const WORDS_PER_SLICE = 16;

export type SwdFailure = 'no-target' | 'fault' | 'wait' | 'parity' | 'sticky' | 'bad-ap';

/** How an SWD access failed, as the probe's firmware sees it. */
export class SwdError extends Error {
  constructor(
    readonly failure: SwdFailure,
    readonly address = 0,
  ) {
    super(`SWD ${failure}`);
    this.name = 'SwdError';
  }
}

/** Line faults of the cable between probe and board. */
export interface LineFaults {
  /** Above this clock one word in `oneIn` arrives wrong: parity error, every tenth of them silently. */
  bitErrorsAboveKhz: number | null;
  oneIn: number;
  /** So many of the next AP accesses answer WAIT. */
  waits: number;
  /** So many of the next words in blocks arrive with a parity error. */
  parityErrors: number;
  /** So many of the next words read from flash in blocks arrive with a wrong bit, unnoticed. */
  flashReadFlips: number;
}

export function noLineFaults(): LineFaults {
  return { bitErrorsAboveKhz: null, oneIn: 400, waits: 0, parityErrors: 0, flashReadFlips: 0 };
}

export interface BlockTiming {
  readonly readGapPs: number;
  readonly writeGapPs: number;
}

/**
 * SW-DP and AHB-AP (ARM ADIv5.2) of the board in the socket, seen from the probe's pins. Each transfer takes 46
 * clocks of the line. AP reads are posted; sticky errors block AP accesses until ABORT clears them.
 */
export class DebugPort {
  readonly faults = noLineFaults();
  clockKhz = 1800;
  #ctrl = 0;
  #sticky = 0;
  #select = 0;
  #csw = 0;
  #tar = 0;
  #posted = 0;

  constructor(
    private readonly socket: Socket,
    private readonly ledger: LedgerParts,
    private readonly timing: BlockTiming,
  ) {
    this.powerOnReset();
  }

  /** A board was put in or lost power: the debug port starts afresh. */
  powerOnReset(): void {
    this.#ctrl = this.#sticky = this.#select = this.#tar = this.#posted = 0;
    this.#csw = this.socket.chip?.series.accessPort.cswReset ?? 0;
  }

  /** Line reset and DPIDR. @throws SwdError no-target */
  connect(): number {
    this.#transfer(3);
    return this.#chip().profile.dpidr;
  }

  /** What ENTER does: line reset, power-up of debug and system domains, sticky errors cleared. */
  powerUp(): number {
    const dpidr = this.connect();
    this.#ctrl = POWER_REQUESTS;
    this.#sticky = 0;
    this.#transfer(4);
    return dpidr;
  }

  readDp(register: number): number {
    this.#transfer(1);
    const chip = this.#chip();
    switch (register & 0xc) {
      case 0:
        return chip.profile.dpidr;
      case 4:
        return register >>> 4 === 0 ? this.#ctrlStat() : 0;
      case 0xc:
        return this.#posted;
      default:
        return this.#posted;
    }
  }

  writeDp(register: number, value: number): void {
    this.#transfer(1);
    this.#chip();
    switch (register & 0xc) {
      case 0:
        if (value & 4) this.#sticky &= ~STICKYERR;
        if (value & 8) this.#sticky &= ~WDATAERR;
        break;
      case 4:
        if ((this.#select & 15) === 0) this.#ctrl = value & CTRL_WRITABLE;
        break;
      case 8:
        this.#select = value;
        break;
    }
  }

  #ctrlStat(): number {
    const acknowledged = (this.#ctrl & POWER_REQUESTS) << 1;
    return (this.#ctrl | acknowledged | this.#sticky | 0x40) >>> 0;
  }

  /** One AP register read with its RDBUFF. @throws SwdError */
  readAp(ap: number, register: number): number {
    this.#transfer(3);
    const chip = this.#reachAp();
    if (ap !== 0) return 0;
    switch (register & 0xfc) {
      case 0x00:
        return this.#csw;
      case 0x04:
        return this.#tar;
      case 0x0c:
        return (this.#posted = this.#access(chip, this.#sizeBytes(), null));
      case 0x10:
      case 0x14:
      case 0x18:
      case 0x1c:
        return (this.#posted = this.#guard(() =>
          chip.core.debugRead((this.#tar & ~15) | (register & 12), 4),
        ));
      case 0xf8:
        return chip.series.accessPort.base;
      case 0xfc:
        return chip.profile.apIdr;
      default:
        return 0;
    }
  }

  /** @throws SwdError */
  writeAp(ap: number, register: number, value: number): void {
    this.#transfer(2);
    const chip = this.#reachAp();
    if (ap !== 0) return;
    switch (register & 0xfc) {
      case 0x00:
        this.#csw = (0x00000040 | (value & CSW_WRITABLE)) >>> 0;
        break;
      case 0x04:
        this.#tar = value >>> 0;
        break;
      case 0x0c:
        this.#access(chip, this.#sizeBytes(), value);
        break;
      case 0x10:
      case 0x14:
      case 0x18:
      case 0x1c:
        this.#guard(() => chip.core.debugWrite((this.#tar & ~15) | (register & 12), 4, value));
        break;
    }
  }

  /** A block as the probe's memory commands move it: TAR once a KiB, then one transfer an item. @throws SwdError */
  readBlock(address: number, lengthBytes: number, itemBytes: AccessBytes, increment: boolean): Uint8Array {
    const result = new Uint8Array(lengthBytes);
    this.#transfer(3);
    this.#eachSlice(lengthBytes / itemBytes, this.timing.readGapPs, (item) => {
      const at = increment ? (address + item * itemBytes) >>> 0 : address;
      const value = this.#disturb(
        this.#guard(() => this.#reachAp().core.debugRead(at, itemBytes)),
        at,
      );
      for (let i = 0; i < itemBytes; i += 1) result[item * itemBytes + i] = value >>> (8 * i);
    });
    return result;
  }

  /** @throws SwdError */
  writeBlock(address: number, data: Uint8Array, itemBytes: AccessBytes, increment: boolean): void {
    this.#transfer(2);
    this.#eachSlice(data.length / itemBytes, this.timing.writeGapPs, (item) => {
      const at = increment ? (address + item * itemBytes) >>> 0 : address;
      let value = 0;
      for (let i = 0; i < itemBytes; i += 1) value |= data[item * itemBytes + i]! << (8 * i);
      this.#disturb(0, at);
      this.#guard(() => this.#reachAp().core.debugWrite(at, itemBytes, value >>> 0));
    });
  }

  #eachSlice(items: number, gapPs: number, move: (item: number) => void): void {
    const itemPs = this.#transferPs() + gapPs;
    const chip = this.#chip();
    const slice = chip.core.halted || chip.resetHeld ? items : WORDS_PER_SLICE;
    for (let first = 0; first < items; first += slice) {
      const count = Math.min(slice, items - first);
      this.ledger.swdTransfers += count;
      this.ledger.swdPs += count * itemPs;
      this.socket.pass(count * itemPs);
      for (let item = first; item < first + count; item += 1) move(item);
    }
  }

  #access(chip: Chip, bytes: AccessBytes, value: number | null): number {
    const increment = (this.#csw >>> 4) & 3;
    const wrap = chip.series.accessPort.tarWrapBytes;
    const items = increment === INCREMENT_PACKED ? 4 / bytes : 1;
    let result = 0;
    for (let item = 0; item < items; item += 1) {
      const at = this.#tar;
      const lane = bytes === 4 ? 0 : 8 * (at & 3);
      result |= this.#guard(() => {
        if (value === null) return chip.core.debugRead(at, bytes) << lane;
        chip.core.debugWrite(at, bytes, ((value >>> lane) & LANE_MASK[bytes]) >>> 0);
      });
      if (increment) this.#tar = ((at & ~(wrap - 1)) | ((at + bytes) & (wrap - 1))) >>> 0;
    }
    return result >>> 0;
  }

  #sizeBytes(): AccessBytes {
    return ([1, 2, 4] as const)[this.#csw & 3] ?? 4;
  }

  #guard(access: () => number | void): number {
    try {
      return access() ?? 0;
    } catch (cause) {
      if (!(cause instanceof BusFault)) throw cause;
      this.#sticky |= STICKYERR;
      throw new SwdError('fault', cause.address);
    }
  }

  #reachAp(): Chip {
    const chip = this.#chip();
    if (this.faults.waits > 0) {
      this.faults.waits -= 1;
      throw new SwdError('wait');
    }
    if (this.#sticky) throw new SwdError('sticky');
    if ((this.#ctrl & POWER_REQUESTS) !== POWER_REQUESTS) throw new SwdError('fault');
    return chip;
  }

  /** The probe's own recovery: after a fault it clears the sticky bits for its host. */
  clearSticky(): void {
    if (this.#sticky) this.#transfer(1);
    this.#sticky = 0;
  }

  #chip(): Chip {
    const { chip } = this.socket;
    if (!chip || chip.debugPinsOff) throw new SwdError('no-target');
    return chip;
  }

  #disturb(value: number, address: number): number {
    if (this.faults.parityErrors > 0) {
      this.faults.parityErrors -= 1;
      throw new SwdError('parity', address);
    }
    if (this.faults.flashReadFlips > 0 && address >>> 24 === FLASH_BYTE) {
      this.faults.flashReadFlips -= 1;
      return (value ^ 1) >>> 0;
    }
    const limit = this.faults.bitErrorsAboveKhz;
    if (limit === null || this.clockKhz <= limit || this.socket.random() * this.faults.oneIn >= 1)
      return value;
    if (this.socket.random() < 0.9) throw new SwdError('parity', address);
    return (value ^ (3 << Math.floor(this.socket.random() * 31))) >>> 0;
  }

  #transferPs(): number {
    return Math.round((SWD_CLOCKS_PER_TRANSFER * PS_PER_S) / (this.clockKhz * 1000));
  }

  #transfer(count: number): void {
    const durationPs = count * this.#transferPs();
    this.ledger.swdTransfers += count;
    this.ledger.swdPs += durationPs;
    this.socket.pass(durationPs);
  }
}
