import { hexAddress, ProbeError } from '../errors.ts';
import { LARGEST_BLOCK_BYTES, LARGEST_BYTE_BLOCK } from '../stlink/firmware.ts';
import type { Probe } from '../stlink/probe.ts';
import { memoryPieces, type MemoryPiece } from './memory-pieces.ts';
import {
  AIRCR,
  C_DEBUGEN,
  C_HALT,
  C_MASKINTS,
  C_STEP,
  CORE_REGISTERS,
  DBGKEY,
  DEMCR,
  DHCSR,
  S_HALT,
  SYSRESETREQ,
  TRCENA,
  VC_CORERESET,
  type CoreRegister,
} from './registers.ts';

const READ_COMMAND = { 1: 0x0c, 2: 0x47, 4: 0x07 } as const;
const WRITE_COMMAND = { 1: 0x0d, 2: 0x48, 4: 0x08 } as const;
const DEBUG_PORT = 0xffff;
const HALT_TIMEOUT_MS = 500;
const POLL_MS = 1;

/** A microcontroller that answers behind a probe: its memory, its debug and access ports, its core. */
export class Target {
  constructor(
    readonly probe: Probe,
    /** The debug port's identification, as the first word of READ_IDCODES. */
    readonly dpidr: number,
  ) {}

  // -- memory --------------------------------------------------------------------------------------------

  /** Reads any address, length and alignment, in the largest blocks the firmware moves. @throws ProbeError */
  async readMemory(
    address: number,
    lengthBytes: number,
    onBytes?: (done: number) => void,
  ): Promise<Uint8Array> {
    const result = new Uint8Array(lengthBytes);
    for (const piece of memoryPieces(address, lengthBytes, LARGEST_BLOCK_BYTES, LARGEST_BYTE_BLOCK)) {
      const data = await this.#read(piece);
      result.set(data, piece.address - address);
      onBytes?.(piece.address - address + piece.lengthBytes);
    }
    return result;
  }

  /** Writes any address, length and alignment. Flash takes no such writes: see the flash library. @throws ProbeError */
  async writeMemory(address: number, data: Uint8Array): Promise<void> {
    for (const piece of memoryPieces(address, data.length, LARGEST_BLOCK_BYTES, LARGEST_BYTE_BLOCK)) {
      const from = piece.address - address;
      await this.#write(piece, data.subarray(from, from + piece.lengthBytes));
    }
  }

  async readWords(address: number, count: number): Promise<Uint32Array> {
    const bytes = await this.readMemory(address, count * 4);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    return Uint32Array.from({ length: count }, (_, i) => view.getUint32(i * 4, true));
  }

  /** One word by the probe's register command: one exchange, its status within. */
  async readWord(address: number): Promise<number> {
    const operation = `read ${hexAddress(address)}`;
    const reply = await this.probe.wire.command([0xf2, 0x36, ...word(address)], 8, operation, address);
    return reply.getUint32(4, true);
  }

  async writeWord(address: number, value: number): Promise<void> {
    const operation = `write ${hexAddress(address)}`;
    await this.probe.wire.command([0xf2, 0x35, ...word(address), ...word(value)], 2, operation, address);
  }

  /** A true half-word access where the firmware has one, else the word around it. */
  async readHalfWord(address: number): Promise<number> {
    if (!this.probe.capabilities.memory16) {
      return ((await this.readWord(address & ~3)) >>> (8 * (address & 2))) & 0xffff;
    }
    const data = await this.#read({ address, lengthBytes: 2, itemBytes: 2 });
    return data[0]! | (data[1]! << 8);
  }

  async #read(piece: MemoryPiece): Promise<Uint8Array> {
    const { address, lengthBytes, itemBytes } = piece;
    const operation = `read ${lengthBytes} bytes at ${hexAddress(address)}`;
    // The firmware never answers with a single byte: it sends two.
    const replyBytes = itemBytes === 1 ? Math.max(lengthBytes, 2) : lengthBytes;
    const block = memoryBlock(READ_COMMAND[itemBytes], address, lengthBytes);
    const { lastStatus2 } = this.probe.capabilities;
    const view = await this.probe.wire.memory(block, null, replyBytes, lastStatus2, operation);
    return new Uint8Array(view.buffer, view.byteOffset, lengthBytes);
  }

  async #write(piece: MemoryPiece, data: Uint8Array): Promise<void> {
    const { address, lengthBytes, itemBytes } = piece;
    const operation = `write ${lengthBytes} bytes at ${hexAddress(address)}`;
    const block = memoryBlock(WRITE_COMMAND[itemBytes], address, lengthBytes);
    await this.probe.wire.memory(block, data, 0, this.probe.capabilities.lastStatus2, operation);
  }

  // -- debug and access ports ----------------------------------------------------------------------------

  readDp(register: number): Promise<number> {
    return this.#readDap(DEBUG_PORT, register, 'debug port');
  }

  readAp(ap: number, register: number): Promise<number> {
    return this.#readDap(ap, register, `access port ${ap}`);
  }

  async writeDp(register: number, value: number): Promise<void> {
    await this.#writeDap(DEBUG_PORT, register, value, 'debug port');
  }

  async writeAp(ap: number, register: number, value: number): Promise<void> {
    await this.#writeDap(ap, register, value, `access port ${ap}`);
  }

  async #readDap(port: number, register: number, name: string): Promise<number> {
    const operation = `read register 0x${register.toString(16)} of the ${name}`;
    this.#requireDap(operation);
    const reply = await this.probe.wire.command([0xf2, 0x45, ...half(port), ...half(register)], 8, operation);
    return reply.getUint32(4, true);
  }

  async #writeDap(port: number, register: number, value: number, name: string): Promise<void> {
    const operation = `write register 0x${register.toString(16)} of the ${name}`;
    this.#requireDap(operation);
    await this.probe.wire.command(
      [0xf2, 0x46, ...half(port), ...half(register), ...word(value)],
      2,
      operation,
    );
  }

  #requireDap(operation: string): void {
    if (this.probe.capabilities.dapRegisters) return;
    const { portPath, firmware } = this.probe;
    throw new ProbeError(
      'probe.unsupported',
      `Probe ${portPath}: firmware ${firmware.text} has no access to DAP registers.`,
      {
        portPath,
        operation,
        remedy: 'Update the probe to V2J24 or newer.',
      },
    );
  }

  // -- core ----------------------------------------------------------------------------------------------

  async isHalted(): Promise<boolean> {
    return ((await this.readWord(DHCSR)) & S_HALT) !== 0;
  }

  async halt(): Promise<void> {
    await this.writeWord(DHCSR, DBGKEY | C_DEBUGEN | C_HALT);
    await this.waitForHalt(HALT_TIMEOUT_MS);
  }

  /** Lets the core run; `maskInterrupts` for loaders in RAM. */
  async resume(maskInterrupts = false): Promise<void> {
    const mask = maskInterrupts ? C_MASKINTS : 0;
    // C_MASKINTS may change only while the core is halted, so it is set before C_HALT is cleared.
    if (maskInterrupts) await this.writeWord(DHCSR, (DBGKEY | C_DEBUGEN | C_HALT | mask) >>> 0);
    await this.writeWord(DHCSR, (DBGKEY | C_DEBUGEN | mask) >>> 0);
  }

  async step(): Promise<void> {
    await this.writeWord(DHCSR, (DBGKEY | C_DEBUGEN | C_HALT | C_MASKINTS) >>> 0);
    await this.writeWord(DHCSR, (DBGKEY | C_DEBUGEN | C_STEP | C_MASKINTS) >>> 0);
    await this.waitForHalt(HALT_TIMEOUT_MS);
  }

  /** @throws ProbeError `target.timeout` */
  async waitForHalt(timeoutMs: number, pollMs = POLL_MS): Promise<void> {
    const { clock, portPath } = this.probe;
    const deadline = clock.now() + timeoutMs;
    while (!(await this.isHalted())) {
      if (clock.now() >= deadline) {
        throw new ProbeError(
          'target.timeout',
          `Probe ${portPath}: the core did not halt within ${timeoutMs} ms.`,
          {
            portPath,
            operation: 'wait for the core to halt',
            remedy: 'Connect under reset; check the board’s power.',
          },
        );
      }
      await clock.wait(pollMs);
    }
  }

  /** Resets the chip and stops the core before its first instruction. Firmware that hides is caught this way too. */
  async resetAndHalt(): Promise<void> {
    await this.writeWord(DHCSR, DBGKEY | C_DEBUGEN);
    await this.writeWord(DEMCR, TRCENA | VC_CORERESET);
    await this.writeWord(AIRCR, SYSRESETREQ);
    await this.waitForHalt(HALT_TIMEOUT_MS);
    await this.writeWord(DEMCR, TRCENA);
  }

  /** Resets the chip and lets it run free, the debugger off. */
  async resetAndRun(): Promise<void> {
    await this.writeWord(DEMCR, 0);
    await this.writeWord(DHCSR, DBGKEY);
    await this.writeWord(AIRCR, SYSRESETREQ);
  }

  async readRegister(register: CoreRegister): Promise<number> {
    const reply = await this.probe.wire.command(
      [0xf2, 0x33, CORE_REGISTERS[register]],
      8,
      `read ${register}`,
    );
    return reply.getUint32(4, true);
  }

  async writeRegister(register: CoreRegister, value: number): Promise<void> {
    await this.probe.wire.command(
      [0xf2, 0x34, CORE_REGISTERS[register], ...word(value)],
      2,
      `write ${register}`,
    );
  }

  /** Leaves the target: running free, or halted with the debugger on. */
  async detach(options: { readonly resume: boolean }): Promise<void> {
    if (options.resume) await this.writeWord(DHCSR, DBGKEY);
    await this.probe.leaveMode();
  }
}

function word(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

function half(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff];
}

function memoryBlock(command: number, address: number, lengthBytes: number): Uint8Array {
  const block = new Uint8Array(16);
  block.set([0xf2, command, ...word(address), ...half(lengthBytes)]);
  return block;
}
