import type { NextFunction, Request, Response } from 'express';
import type { Socket } from 'node:net';

/** Requests of one connection that wait for their answers; browsers and HTTP libraries send one at a time. */
const MOST_WAITING = 64;

const waiting = new WeakMap<Socket, number>();

/** Ends a connection that sends very many requests ahead of their answers: all of them would run in one turn. */
export function refusePipelines({ socket }: Request, response: Response, next: NextFunction): void {
  // Requests that came in the same packet as the one that was too many.
  if (socket.destroyed) return;
  const count = (waiting.get(socket) ?? 0) + 1;
  if (count > MOST_WAITING) return void socket.destroy();
  waiting.set(socket, count);
  response.once('close', () => waiting.set(socket, waiting.get(socket)! - 1));
  next();
}
