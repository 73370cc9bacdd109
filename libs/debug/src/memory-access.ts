import { hex32 } from '@boardwalk/contracts';
import { ProbeError } from './errors.ts';
import type { DebugLink } from './link.ts';
import { writesTheSameTwice } from './repeatable-writes.ts';
import { memoryPieces } from './memory-pieces.ts';

const ADDRESS_SPACE = 2 ** 32;

/** Memory and memory-mapped registers of a target, through the link's memory commands. */
export class MemoryAccess {
  constructor(readonly link: DebugLink) {}

  /** Reads any address, length and alignment, in the largest blocks the firmware moves. @throws ProbeError */
  async readMemory(
    address: number,
    lengthBytes: number,
    onBytes?: (done: number) => void,
  ): Promise<Uint8Array> {
    this.#requireSpace(address, lengthBytes, 'read');
    const pieces = memoryPieces(address, lengthBytes, this.link.blockLimits, 'read');
    const [only] = pieces;
    // One block is handed on as it came, without a copy.
    const result =
      only && pieces.length === 1 ? await this.link.readBlock(only) : new Uint8Array(lengthBytes);
    for (const piece of pieces) {
      if (pieces.length > 1) result.set(await this.link.readBlock(piece), piece.address - address);
      onBytes?.(piece.address - address + piece.lengthBytes);
    }
    return result;
  }

  /** Writes any address, length and alignment. Flash takes no such writes: see the flash library. @throws ProbeError */
  async writeMemory(address: number, data: Uint8Array): Promise<void> {
    this.#requireSpace(address, data.length, 'write');
    for (const piece of memoryPieces(address, data.length, this.link.blockLimits, 'write')) {
      const from = piece.address - address;
      const bytes = data.subarray(from, from + piece.lengthBytes);
      await this.link.writeBlock(piece, bytes, { repeatable: writesTheSameTwice(piece.address) });
    }
  }

  /** `count` words as one block: the cheap way to poll a mailbox. Cortex-M and all hosts here are little-endian. */
  async readWords(address: number, count: number): Promise<Uint32Array> {
    const words = new Uint32Array(count);
    new Uint8Array(words.buffer).set(await this.readMemory(address, count * 4));
    return words;
  }

  /** One word, in one exchange. */
  readWord(address: number): Promise<number> {
    return this.link.readWord(address);
  }

  async writeWord(address: number, value: number): Promise<void> {
    await this.link.writeWord(address, value, { repeatable: writesTheSameTwice(address, value) });
  }

  /** A true half-word access where the link has one, else the word around it. `address` is even. */
  async readHalfWord(address: number): Promise<number> {
    if (!this.link.halfWordAccess) {
      return ((await this.readWord((address & ~3) >>> 0)) >>> (8 * (address & 2))) & 0xffff;
    }
    const data = await this.link.readBlock({ address, lengthBytes: 2, itemBytes: 2 });
    return data[0]! | (data[1]! << 8);
  }

  /** A true half-word access where the link has one, else two bytes. `address` is even. */
  async writeHalfWord(address: number, value: number): Promise<void> {
    const piece = { address, lengthBytes: 2, itemBytes: this.link.halfWordAccess ? 2 : 1 } as const;
    const bytes = Uint8Array.of(value & 0xff, (value >>> 8) & 0xff);
    await this.link.writeBlock(piece, bytes, { repeatable: writesTheSameTwice(address) });
  }

  #requireSpace(address: number, lengthBytes: number, verb: string): void {
    const whole = Number.isSafeInteger(address) && Number.isSafeInteger(lengthBytes);
    if (whole && address >= 0 && lengthBytes >= 0 && address + lengthBytes <= ADDRESS_SPACE) return;
    const { portPath } = this.link;
    const operation = `${verb} ${lengthBytes} bytes at ${hex32(address)}`;
    throw new ProbeError('target.fault:no-range', { portPath, operation });
  }
}
