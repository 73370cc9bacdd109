import type { BlockLimits } from './link.ts';

/** One memory command's worth of a transfer. */
export interface MemoryPiece {
  readonly address: number;
  readonly lengthBytes: number;
  readonly itemBytes: 1 | 2 | 4;
}

/**
 * Cuts any range into memory commands: bytes up to the first word, words in the largest blocks the firmware takes,
 * bytes for the rest. Blocks cross the 1 KiB and 4 KiB lines of the TAR: the firmware reloads it (pyOCD relies on
 * it; OpenOCD splits for JTAG's sake).
 */
export function memoryPieces(
  address: number,
  lengthBytes: number,
  limits: BlockLimits,
  direction: 'read' | 'write',
): MemoryPiece[] {
  const byteBlock = direction === 'read' ? limits.byteReadBytes : limits.byteWriteBytes;
  const pieces: MemoryPiece[] = [];
  const add = (from: number, length: number, itemBytes: 1 | 4, block: number): void => {
    for (let at = 0; at < length; at += block) {
      pieces.push({ address: from + at, lengthBytes: Math.min(block, length - at), itemBytes });
    }
  };
  const head = Math.min(lengthBytes, (4 - (address & 3)) & 3);
  const tail = (lengthBytes - head) & 3;
  const body = lengthBytes - head - tail;
  add(address, head, 1, byteBlock);
  add(address + head, body, 4, limits.wordBytes);
  add(address + head + body, tail, 1, byteBlock);
  return pieces;
}
