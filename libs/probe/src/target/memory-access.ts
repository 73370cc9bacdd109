import { hexAddress, ProbeError } from '../errors.ts';
import type { Probe } from '../stlink/probe.ts';
import { writesTheSameTwice } from './repeatable-writes.ts';
import { memoryPieces, type MemoryPiece } from './memory-pieces.ts';

const READ_COMMAND = { 1: 0x0c, 2: 0x47, 4: 0x07 } as const;
const WRITE_COMMAND = { 1: 0x0d, 2: 0x48, 4: 0x08 } as const;
const ADDRESS_SPACE = 2 ** 32;

/** Memory and memory-mapped registers of a target, through the probe's own memory commands. */
export class MemoryAccess {
  constructor(readonly probe: Probe) {}

  /** Reads any address, length and alignment, in the largest blocks the firmware moves. @throws ProbeError */
  async readMemory(
    address: number,
    lengthBytes: number,
    onBytes?: (done: number) => void,
  ): Promise<Uint8Array> {
    this.#requireSpace(address, lengthBytes, 'read');
    const pieces = memoryPieces(address, lengthBytes, this.probe.blockLimits, 'read');
    const [only] = pieces;
    // One block is handed on as it came, without a copy.
    const result = only && pieces.length === 1 ? await this.#read(only) : new Uint8Array(lengthBytes);
    for (const piece of pieces) {
      if (pieces.length > 1) result.set(await this.#read(piece), piece.address - address);
      onBytes?.(piece.address - address + piece.lengthBytes);
    }
    return result;
  }

  /** Writes any address, length and alignment. Flash takes no such writes: see the flash library. @throws ProbeError */
  async writeMemory(address: number, data: Uint8Array): Promise<void> {
    this.#requireSpace(address, data.length, 'write');
    for (const piece of memoryPieces(address, data.length, this.probe.blockLimits, 'write')) {
      const from = piece.address - address;
      await this.#write(piece, data.subarray(from, from + piece.lengthBytes));
    }
  }

  /** `count` words as one block: the cheap way to poll a mailbox. Cortex-M and all hosts here are little-endian. */
  async readWords(address: number, count: number): Promise<Uint32Array> {
    const words = new Uint32Array(count);
    new Uint8Array(words.buffer).set(await this.readMemory(address, count * 4));
    return words;
  }

  /** One word by the probe's register command: one exchange, its status within. */
  async readWord(address: number): Promise<number> {
    const operation = `read ${hexAddress(address)}`;
    const command = [0xf2, 0x36, ...word(address)];
    const reply = await this.probe.wire.command(command, 8, operation, { address, repeatable: true });
    return reply.getUint32(4, true);
  }

  async writeWord(address: number, value: number): Promise<void> {
    const operation = `write ${hexAddress(address)}`;
    const command = [0xf2, 0x35, ...word(address), ...word(value)];
    const repeatable = writesTheSameTwice(address, value);
    await this.probe.wire.command(command, 2, operation, { address, repeatable });
  }

  /** A true half-word access where the firmware has one (J26), else the word around it. `address` is even. */
  async readHalfWord(address: number): Promise<number> {
    if (!this.probe.capabilities.memory16) {
      return ((await this.readWord((address & ~3) >>> 0)) >>> (8 * (address & 2))) & 0xffff;
    }
    const data = await this.#read({ address, lengthBytes: 2, itemBytes: 2 });
    return data[0]! | (data[1]! << 8);
  }

  /** A true half-word access where the firmware has one (J26), else two bytes. `address` is even. */
  async writeHalfWord(address: number, value: number): Promise<void> {
    const itemBytes = this.probe.capabilities.memory16 ? 2 : 1;
    await this.#write({ address, lengthBytes: 2, itemBytes }, Uint8Array.from(half(value)));
  }

  async #read(piece: MemoryPiece): Promise<Uint8Array> {
    const { lengthBytes, itemBytes } = piece;
    // The firmware never answers with a single byte: it sends two.
    const inBytes = itemBytes === 1 ? Math.max(lengthBytes, 2) : lengthBytes;
    const data = await this.#transfer(piece, READ_COMMAND[itemBytes], null, inBytes);
    return inBytes === lengthBytes ? data : data.subarray(0, lengthBytes);
  }

  async #write(piece: MemoryPiece, data: Uint8Array): Promise<void> {
    await this.#transfer(piece, WRITE_COMMAND[piece.itemBytes], data, 0);
  }

  #transfer(
    { address, lengthBytes }: MemoryPiece,
    command: number,
    out: Uint8Array | null,
    inBytes: number,
  ): Promise<Uint8Array> {
    const block = new Uint8Array(16);
    block.set([0xf2, command, ...word(address), ...half(lengthBytes)]);
    const operation = `${out ? 'write' : 'read'} ${lengthBytes} bytes at ${hexAddress(address)}`;
    const { lastStatus2 } = this.probe.capabilities;
    const repeatable = out === null || writesTheSameTwice(address);
    return this.probe.wire.memory({ block, address, out, inBytes, operation, repeatable }, lastStatus2);
  }

  #requireSpace(address: number, lengthBytes: number, verb: string): void {
    const whole = Number.isSafeInteger(address) && Number.isSafeInteger(lengthBytes);
    if (whole && address >= 0 && lengthBytes >= 0 && address + lengthBytes <= ADDRESS_SPACE) return;
    const { portPath } = this.probe;
    const operation = `${verb} ${lengthBytes} bytes at ${hexAddress(address)}`;
    const message = `Probe ${portPath}: there is no such memory range (${operation}).`;
    const remedy = 'Give a range inside the 4 GiB address space.';
    throw new ProbeError('target.fault', message, { portPath, operation, remedy });
  }
}

/** A word as the wire has it, little-endian. */
export function word(value: number): [number, number, number, number] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

export function half(value: number): [number, number] {
  return [value & 0xff, (value >>> 8) & 0xff];
}
