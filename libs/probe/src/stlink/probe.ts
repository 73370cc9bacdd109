import {
  attach,
  type AttachOptions,
  type BlockLimits,
  type DapPort,
  type DebugLink,
  type MemoryPiece,
  type Target,
  type WriteOptions,
} from '@boardwalk/debug';
import type { UsbClock } from '../usb/port.ts';
import { blockLimitsOf, capabilitiesOf, type Capabilities } from './capabilities.ts';
import { readCoreRegister, readCoreRegisters, writeCoreRegister } from './core-commands.ts';
import { readDapRegister, writeDapRegister } from './dap-registers.ts';
import type { FoundProbe } from './find-probes.ts';
import type { Firmware } from './firmware.ts';
import { readBlock, readWord, writeBlock, writeWord } from './memory-commands.ts';
import { leaveMode } from './modes.ts';
import { fastestNotAbove, FIXED_SPEED_KHZ, V2_SPEEDS } from './speeds.ts';
import type { StLinkWire } from './wire.ts';

const MOST_FREQUENCIES = 10;
const RESET_ACTIONS = { low: 0, high: 1, pulse: 2 } as const;

const REPEATABLE = { repeatable: true } as const;

/** Below this a board takes minutes. */
const SLOWEST_USEFUL_KHZ = 100;

/** An open ST-LINK. Close it when done: the claim is what keeps others away. Every call may throw ProbeError. */
export class Probe implements DebugLink {
  readonly capabilities: Capabilities;
  readonly blockLimits: BlockLimits;
  /** The SWD clock last set, kHz; null before. */
  speedKhz: number | null = null;
  /** How often nRST was driven: what was known of the core before no longer holds. */
  resetsDriven = 0;
  /** Further tries that attaching took, since the probe was opened. */
  attachRetries = 0;

  /** Use `openProbe`. */
  constructor(
    readonly wire: StLinkWire,
    readonly found: FoundProbe,
    readonly firmware: Firmware,
  ) {
    this.capabilities = capabilitiesOf(firmware);
    this.blockLimits = blockLimitsOf(this.capabilities);
  }

  /** Exchanges that were sent again, since the probe was opened. */
  get transferRetries(): number {
    return this.wire.retries;
  }

  get halfWordAccess(): boolean {
    return this.capabilities.memory16;
  }

  get portPath(): string {
    return this.wire.portPath;
  }

  get clock(): UsbClock {
    return this.wire.clock;
  }

  /**
   * Volts at the probe's VTref pin, to the millivolt; null where the firmware cannot measure or has no reference.
   * Clones without a sense wire report a constant near 3.3.
   */
  async targetVoltage(): Promise<number | null> {
    if (!this.capabilities.targetVoltage) return null;
    const reply = await this.wire.exchange([0xf7], 8, 'read the target voltage', true);
    const reference = reply.getUint32(0, true);
    if (reference === 0) return null;
    return Math.round((2400 * reply.getUint32(4, true)) / reference) / 1000;
  }

  /** Sets the SWD clock to the probe's fastest not above `khz`, else its slowest; resolves with what it is now. */
  async setSpeed(khz: number): Promise<number> {
    const operation = `set the SWD clock to ${khz} kHz`;
    if (this.capabilities.comFrequency) return (this.speedKhz = await this.#setComFrequency(khz, operation));
    if (!this.capabilities.swdDivisor) return (this.speedKhz = FIXED_SPEED_KHZ);
    const { khz: chosen, divisor } = fastestNotAbove(V2_SPEEDS, khz);
    await this.wire.command([0xf2, 0x43, divisor & 0xff, divisor >>> 8], 2, operation, REPEATABLE);
    return (this.speedKhz = chosen);
  }

  /** Takes the next slower SWD clock; false, and nothing changed, where that would be too slow to work with. */
  async slowDown(): Promise<boolean> {
    const before = this.speedKhz;
    if (before === null || before <= SLOWEST_USEFUL_KHZ) return false;
    return (await this.setSpeed(before - 1)) < before;
  }

  async #setComFrequency(khz: number, operation: string): Promise<number> {
    const list = await this.wire.command([0xf2, 0x62, 0], 52, 'list the SWD clocks', REPEATABLE);
    const count = Math.min(list.getUint32(8, true), MOST_FREQUENCIES);
    const speeds = Array.from({ length: count }, (_, i) => ({ khz: list.getUint32(12 + i * 4, true) }));
    speeds.sort((a, b) => b.khz - a.khz);
    const chosen = speeds.length > 0 ? fastestNotAbove(speeds, khz).khz : khz;
    const bytes = [chosen & 0xff, (chosen >>> 8) & 0xff, (chosen >>> 16) & 0xff, chosen >>> 24];
    return (await this.wire.command([0xf2, 0x61, 0, 0, ...bytes], 8, operation, REPEATABLE)).getUint32(
      4,
      true,
    );
  }

  /** Attaches to the target in the socket. @throws ProbeError `target.none` when nobody answers */
  attach(options: AttachOptions): Promise<Target> {
    return attach(this, options);
  }

  async driveReset(level: 'low' | 'high' | 'pulse'): Promise<void> {
    this.resetsDriven += 1;
    await this.wire.command([0xf2, 0x3c, RESET_ACTIONS[level]], 2, `drive nRST ${level}`, REPEATABLE);
  }

  async enterSwd(): Promise<number> {
    await this.wire.command([0xf2, 0x30, 0xa3], 2, 'enter SWD', REPEATABLE);
    // Leaving debug mode closes the access ports, so each entry opens it.
    if (this.capabilities.accessPorts) {
      await this.wire.command([0xf2, 0x4b, 0, 0], 2, 'open access port 0', REPEATABLE);
    }
    return (await this.wire.command([0xf2, 0x31], 12, 'read DPIDR', REPEATABLE)).getUint32(4, true);
  }

  leaveMode(): Promise<void> {
    return leaveMode(this.wire);
  }

  readWord(address: number): Promise<number> {
    return readWord(this.wire, address);
  }

  writeWord(address: number, value: number, options: WriteOptions): Promise<void> {
    return writeWord(this.wire, address, value, options);
  }

  readBlock(piece: MemoryPiece): Promise<Uint8Array> {
    return readBlock(this.wire, piece, this.capabilities.lastStatus2);
  }

  writeBlock(piece: MemoryPiece, data: Uint8Array, { repeatable }: WriteOptions): Promise<void> {
    return writeBlock(this.wire, piece, data, { repeatable, lastStatus2: this.capabilities.lastStatus2 });
  }

  readCoreRegister(selector: number, name: string): Promise<number> {
    return readCoreRegister(this.wire, selector, name);
  }

  writeCoreRegister(selector: number, value: number, name: string): Promise<void> {
    return writeCoreRegister(this.wire, selector, value, name);
  }

  readCoreRegisters(): Promise<readonly number[]> {
    return readCoreRegisters(this.wire);
  }

  readDap(port: DapPort, register: number): Promise<number> {
    return readDapRegister(this, port, register);
  }

  writeDap(port: DapPort, register: number, value: number): Promise<void> {
    return writeDapRegister(this, port, register, value);
  }

  /** Leaves debug mode and gives the probe back; the target stays as it is. A broken probe is let go at once. */
  async close(): Promise<void> {
    if (this.wire.inStep) await leaveMode(this.wire).catch(() => undefined);
    await this.wire.close();
  }
}
