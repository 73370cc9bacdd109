import type { LivePage } from '@boardwalk/contracts';
import type { Socket } from 'socket.io';
import { Turnstile } from '../persistence/turnstile.ts';

/** How long a client may leave what it was sent unread, or a page unacknowledged. */
export const DEAF_MS = 10_000;
const LOOK_MS = 25;

/** One page at a time over all clients, and the event loop has its turn between two: replays slow nobody down. */
export class PagePump {
  readonly #turn = new Turnstile();

  async next<Result>(page: () => Promise<Result>): Promise<Result> {
    const free = await this.#turn.enter();
    try {
      await new Promise((resolve) => setImmediate(resolve));
      return await page();
    } finally {
      free();
    }
  }
}

/** Resolves once the connection took everything that was sent. @returns false when it did not in time, or is gone */
export async function taken(socket: Socket): Promise<boolean> {
  const since = performance.now();
  while (socket.connected) {
    const { transport, writeBuffer } = socket.conn as unknown as {
      transport: { writable: boolean };
      writeBuffer: { length: number };
    };
    if (transport.writable && writeBuffer.length === 0) return true;
    if (performance.now() - since > DEAF_MS) return false;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

/** Says that a page is complete. @returns false when the client did not acknowledge it in time */
export async function acknowledged(socket: Socket, page: LivePage): Promise<boolean> {
  try {
    await socket.timeout(DEAF_MS).emitWithAck('page', page);
    return true;
  } catch {
    return false;
  }
}

/** Ends the connection without a farewell: what waits for a client that does not read is freed with it. */
export function hangUp(socket: Socket): void {
  const { transport } = socket.conn as unknown as { transport: { socket?: { terminate?: () => void } } };
  socket.disconnect(true);
  transport.socket?.terminate?.();
}
