import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Request, Response } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** What one address and one request may take of the server. */
export const SERVER_LIMITS = {
  /** More than an MES and the browsers of a hall hold open, also through one proxy. */
  socketsPerAddress: 256,
  /** From the first byte to the end of the head. */
  headMs: 10_000,
  /** From the first byte to the end of the body: an image of 16 MiB at 1 Mbit/s. */
  requestMs: 150_000,
  /** A connection without a request: longer than clients keep one, so that none is closed under its next request. */
  idleMs: 65_000,
  /** How often head and body are looked at. */
  lookMs: 2000,
  /** What a request that is on gets to end when the station closes. */
  farewellMs: 2000,
} as const;

const awaitsContinue = new WeakSet<object>();

/**
 * Bounds what a client that sends nothing, little or many connections costs the others.
 * @returns called when the server closes: a client that never ends its request does not keep the station open
 */
export function limitServer(app: NestExpressApplication): () => void {
  const server = app.getHttpServer();
  server.headersTimeout = SERVER_LIMITS.headMs;
  server.requestTimeout = SERVER_LIMITS.requestMs;
  server.keepAliveTimeout = SERVER_LIMITS.idleMs;
  // Read when the server begins to listen (Node's lib/_http_server.js); its types know it as an option alone.
  Object.assign(server, { connectionsCheckingInterval: SERVER_LIMITS.lookMs });
  capSockets(server);
  // RFC 9110 §10.1.1: a client that asks is told to send its body once the door let it in, and not before.
  server.on('checkContinue', (request: Request, response: Response) => {
    awaitsContinue.add(request);
    server.emit('request', request, response);
  });
  return () => {
    const clock = setTimeout(() => server.closeAllConnections(), SERVER_LIMITS.farewellMs);
    server.once('close', () => clearTimeout(clock));
  };
}

/** The body is about to be read: tells a client that asked first. */
export function askForBody(request: Request, response: Response): void {
  if (awaitsContinue.delete(request)) response.writeContinue();
}

function capSockets(server: Server): void {
  const open = new Map<string, number>();
  server.on('connection', (socket: Socket) => {
    // An IPv6 address counts as its /56: whoever has one has them all.
    const address = ipKeyGenerator(socket.remoteAddress ?? '0.0.0.0');
    const count = (open.get(address) ?? 0) + 1;
    if (count > SERVER_LIMITS.socketsPerAddress) return socket.destroy();
    open.set(address, count);
    socket.once('close', () => {
      const left = open.get(address)! - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  });
}
