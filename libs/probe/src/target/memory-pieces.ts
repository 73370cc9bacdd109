/** One memory command's worth of a transfer. */
export interface MemoryPiece {
  readonly address: number;
  readonly lengthBytes: number;
  readonly itemBytes: 1 | 2 | 4;
}

/**
 * Cuts any range into memory commands: bytes up to the first word, words in the largest blocks that do not
 * cross a limit, bytes for the rest. `byteBlock` and `wordBlock` are the firmware's largest blocks.
 */
export function memoryPieces(
  address: number,
  lengthBytes: number,
  wordBlock: number,
  byteBlock: number,
): MemoryPiece[] {
  const pieces: MemoryPiece[] = [];
  const add = (from: number, length: number, itemBytes: 1 | 4, block: number): void => {
    for (let at = 0; at < length; at += block) {
      pieces.push({ address: from + at, lengthBytes: Math.min(block, length - at), itemBytes });
    }
  };
  const head = Math.min(lengthBytes, (4 - (address & 3)) & 3);
  const body = (lengthBytes - head) & ~3;
  add(address, head, 1, byteBlock);
  add(address + head, body, 4, wordBlock);
  add(address + head + body, lengthBytes - head - body, 1, byteBlock);
  return pieces;
}
