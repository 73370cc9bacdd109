import type { NextFunction, Request, Response } from 'express';
import { onTinyPieces } from './tiny-pieces.ts';

/** What is still taken of a refused body and thrown away, so that a client that sends first reads its answer. */
const DISCARDED_BYTES = 24 * 1024 * 1024;
const DISCARDED_MS = 2000;
const LOOK_MS = 20;

/** Ends the connection of a request that was answered before its body was read, unless the rest comes at once. */
export function endUnread(request: Request, response: Response, next: NextFunction): void {
  response.once('finish', () => {
    const { socket } = request;
    if (request.complete) return;
    const readBefore = socket.bytesRead;
    const since = performance.now();
    onTinyPieces(request, () => socket.destroy());
    const clock = setInterval(() => {
      const over =
        performance.now() - since > DISCARDED_MS || socket.bytesRead - readBefore > DISCARDED_BYTES;
      if (over) socket.destroy();
      if (over || request.complete || socket.destroyed) clearInterval(clock);
    }, LOOK_MS);
  });
  next();
}
