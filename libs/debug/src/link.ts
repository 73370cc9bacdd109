/** Time as the hardware has it: modelled on a virtual bench. */
export interface LinkClock {
  /** Monotonic, in milliseconds, with fractions. */
  now(): number;
  /** Lets `ms` milliseconds pass. */
  wait(ms: number): Promise<void>;
}

/** The largest block of one memory command, bytes, by the size of its items. */
export interface BlockLimits {
  /** 16- and 32-bit commands. */
  readonly wordBytes: number;
  readonly byteReadBytes: number;
  readonly byteWriteBytes: number;
}

/** The debug port, or an access port by its number. */
export type DapPort = number | 'dp';

/** One memory command's worth of a transfer. */
export interface MemoryPiece {
  readonly address: number;
  readonly lengthBytes: number;
  readonly itemBytes: 1 | 2 | 4;
}

/** A write whose answer was lost may be sent again where twice does the same as once. */
export interface WriteOptions {
  readonly repeatable: boolean;
}

/**
 * What a debug probe can do with the target on its line: the port between the Cortex-M core of this library and
 * whatever carries it. Reads may be repeated by the link itself, writes only as they say. Every call may throw
 * ProbeError: `target.*` for the chip and its wiring, `probe.*` for the probe.
 */
export interface DebugLink {
  /** The USB port of the probe, for sentences. */
  readonly portPath: string;
  readonly clock: LinkClock;
  readonly blockLimits: BlockLimits;
  /** Half-words are one access. Without it a read takes the word around them, a write two bytes. */
  readonly halfWordAccess: boolean;
  /** The SWD clock last set, kHz; null before. */
  readonly speedKhz: number | null;
  /** How often nRST was driven: what was known of the core before no longer holds. */
  readonly resetsDriven: number;
  /** Further tries that attaching took; `attach` counts them here. */
  attachRetries: number;

  /** Sets the SWD clock to the fastest not above `khz`, else the slowest; resolves with what it is now. */
  setSpeed(khz: number): Promise<number>;
  /** Takes the next slower SWD clock; false, and nothing changed, where that would be too slow to work with. */
  slowDown(): Promise<boolean>;
  driveReset(level: 'low' | 'high' | 'pulse'): Promise<void>;
  /** Powers the debug port and opens access port 0, without a reset. Resolves with DPIDR as the link reads it. */
  enterSwd(): Promise<number>;
  /** Lets go of the line; the core goes on as it is. */
  leaveMode(): Promise<void>;

  readWord(address: number): Promise<number>;
  writeWord(address: number, value: number, options: WriteOptions): Promise<void>;
  /** One memory command, within `blockLimits`. */
  readBlock(piece: MemoryPiece): Promise<Uint8Array>;
  writeBlock(piece: MemoryPiece, data: Uint8Array, options: WriteOptions): Promise<void>;

  /** A core register by DCRSR's REGSEL (ARM DDI0403, C1.6.3). The core is halted. */
  readCoreRegister(selector: number, name: string): Promise<number>;
  writeCoreRegister(selector: number, value: number, name: string): Promise<void>;
  /** REGSEL 0 to 18: r0 to r15, xPSR, MSP, PSP. The core is halted. */
  readCoreRegisters(): Promise<readonly number[]>;

  /** A register of the debug port or of an access port (ARM IHI0031). @throws ProbeError `probe.unsupported` */
  readDap(port: DapPort, register: number): Promise<number>;
  writeDap(port: DapPort, register: number, value: number): Promise<void>;
}
