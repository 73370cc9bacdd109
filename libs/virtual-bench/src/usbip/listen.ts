import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { VirtualBenchError } from '../errors.ts';

/** A port of the bench that the outside talks to. */
export interface BenchService {
  readonly host: string;
  /** The port that is listened on, also where 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Listens and hands each client on; closing ends them all.
 * @throws VirtualBenchError where the address cannot be listened on
 */
export async function listen(
  host: string,
  port: number,
  connected: (socket: Socket) => void,
): Promise<BenchService> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    connected(socket);
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (cause) {
    const message = `Nothing can listen on ${host}:${port}.`;
    throw new VirtualBenchError('bench.listen', message, 'Choose another port, or end who holds it.', {
      cause,
    });
  }
  return {
    host,
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
