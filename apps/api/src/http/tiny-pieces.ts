import type { Request } from 'express';

/** Pieces of a body after which their mean size counts. */
export const TINY_PIECES = 2000;
/** Bytes; a piece that a network makes is a hundred times as large. */
const SMALLEST_MEAN = 16;

/**
 * Calls `act` where a body comes in very many very small pieces, as chunks of one byte do: each of them costs the event
 * loop as much as a large one, so that an upload within its limit could hold it for a minute.
 */
export function onTinyPieces(request: Request, act: () => void): void {
  let pieces = 0;
  let bytes = 0;
  request.on('data', (piece: Buffer) => {
    pieces += 1;
    bytes += piece.length;
    if (pieces >= TINY_PIECES && bytes < pieces * SMALLEST_MEAN) act();
  });
}
