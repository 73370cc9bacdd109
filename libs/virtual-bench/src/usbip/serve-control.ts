import type { Socket } from 'node:net';
import type { VirtualBench } from '../bench/virtual-bench.ts';
import { VirtualBenchError } from '../errors.ts';
import { answerControl } from './control-verbs.ts';
import { listen, type BenchService } from './listen.ts';
import type { ServeOptions } from './serve-usbip.ts';

const LONGEST_LINE = 4096;

/**
 * The hand at the virtual bench as a TCP port: one request a line, one JSON document a line back, in order.
 * `{"ok":true,…}` or `{"ok":false,"code":…,"message":…,"remedy":…}`.
 * @throws VirtualBenchError where the address cannot be listened on
 */
export function serveControl({ bench, host, port }: ServeOptions): Promise<BenchService> {
  return listen(host, port, (socket) => converse(bench, socket));
}

function converse(bench: VirtualBench, socket: Socket): void {
  let rest = '';
  let turn = Promise.resolve();
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE || lines.some((line) => line.length > LONGEST_LINE)) {
      socket.destroy();
      return;
    }
    // One request at a time; the client is not read from until its requests are answered.
    socket.pause();
    for (const line of lines) if (line.trim()) turn = turn.then(() => reply(bench, socket, line));
    void turn.then(() => socket.resume());
  });
}

async function reply(bench: VirtualBench, socket: Socket, line: string): Promise<void> {
  const answer = await answerControl(bench, line).then((value) => ({ ok: true, ...value }), refusal);
  if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
}

function refusal(cause: unknown): Readonly<Record<string, unknown>> {
  if (cause instanceof VirtualBenchError) {
    return { ok: false, code: cause.code, message: cause.message, remedy: cause.remedy };
  }
  return { ok: false, code: 'bench.internal', message: 'The bench could not do that.', remedy: null };
}
