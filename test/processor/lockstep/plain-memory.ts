import { BusFault, type AccessBytes, type SystemBus } from '@boardwalk/virtual-bench';

export const RAM_BASE = 0x20000000;
const RAM_BYTES = 0x20000;
/** Literals may be read from behind the program's end; there QEMU's memory is zero. */
const SPARE_BYTES = 8192;

/** Code at 0 and RAM at 0x20000000, as much as the programs use of the mps2-an385's. */
export class PlainMemory implements SystemBus {
  readonly #code: DataView;
  readonly #ram = new DataView(new ArrayBuffer(RAM_BYTES));

  constructor(image: Uint8Array) {
    const code = new Uint8Array(image.length + SPARE_BYTES);
    code.set(image);
    this.#code = new DataView(code.buffer);
  }

  read(address: number, bytes: AccessBytes): number {
    const view = this.#viewOf(address, bytes, false);
    const at = address & 0x1fffffff;
    if (bytes === 4) return view.getUint32(at, true);
    return bytes === 2 ? view.getUint16(at, true) : view.getUint8(at);
  }

  write(address: number, bytes: AccessBytes, value: number): void {
    const view = this.#viewOf(address, bytes, true);
    const at = address & 0x1fffffff;
    if (bytes === 4) view.setUint32(at, value, true);
    else if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint8(at, value);
  }

  #viewOf(address: number, bytes: number, write: boolean): DataView {
    if (address + bytes <= this.#code.byteLength) return this.#code;
    if (address >= RAM_BASE && address + bytes <= RAM_BASE + RAM_BYTES) return this.#ram;
    throw new BusFault(address, write);
  }

  /** Each instruction costs at least this cycle, so that the core can be run one instruction at a time. */
  takeStallCycles(): number {
    return 1;
  }

  stableUntilCycle(): number {
    return 0;
  }
}
