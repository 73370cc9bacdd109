/**
 * The border between the processor and the rest of the virtual microcontroller.
 *
 * The processor (core/) fetches, loads and stores through a {@link SystemBus}; the debug port's AHB-AP uses
 * the same bus with master `debug`. The private peripheral bus (0xE0000000..0xE00FFFFF) belongs to the
 * processor's side of the border and never reaches the chip's memory map, DBGMCU (0xE0042000) and the ROM
 * table excepted.
 */

export type AccessBytes = 1 | 2 | 4;

/** Who asks: instruction fetch, the core's loads and stores, or the AHB-AP. Read protection depends on it. */
export type BusMaster = 'fetch' | 'data' | 'debug';

/** Thrown by an access that the chip answers with an AHB error response. */
export class BusFault extends Error {
  constructor(
    readonly address: number,
    readonly write: boolean,
  ) {
    super(`bus fault ${write ? 'writing' : 'reading'} 0x${address.toString(16).padStart(8, '0')}`);
    this.name = 'BusFault';
  }
}

/** Values are unsigned: a word read is 0..0xFFFFFFFF. Accesses are naturally aligned; the core splits others. */
export interface SystemBus {
  /** @throws BusFault */
  read(address: number, bytes: AccessBytes, master: BusMaster): number;
  /** @throws BusFault */
  write(address: number, bytes: AccessBytes, value: number, master: BusMaster): void;
  /**
   * Core cycles by which accesses since the last call were held beyond their zero-wait cycle (flash wait
   * states, a flash array that is busy). The core adds them to its counter after each instruction.
   */
  takeStallCycles(): number;
  /**
   * The first value of the core's cycle counter at which a read repeated now could answer differently with
   * no write by core or debugger in between; Infinity if never. With it the core may skip whole turns of a
   * polling loop without changing anything that silicon would show.
   */
  stableUntilCycle(): number;
}
