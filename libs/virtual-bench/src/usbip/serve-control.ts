import type { Socket } from 'node:net';
import type { VirtualBench } from '../bench/virtual-bench.ts';
import { VirtualBenchError } from '../errors.ts';
import { answerControl } from './control-verbs.ts';
import { listen, type BenchService } from './listen.ts';
import type { ServeOptions } from './serve-usbip.ts';

const LONGEST_LINE = 4096;
/** RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3. */
const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/i;

/**
 * The hand at the virtual bench as a TCP port: one request a line, one JSON document a line back, in order.
 * `{"ok":true,…}` or `{"ok":false,"code":…,"message":…,"remedy":…}`. A line that is no request ends the connection:
 * a web page that posts to this port must not reach the lines of its body.
 * @throws VirtualBenchError where the address is not this machine's own, or cannot be listened on
 */
export async function serveControl({ bench, host, port }: ServeOptions): Promise<BenchService> {
  if (!LOOPBACK.test(host)) {
    const says = `The control port would be open to the network at ${host}: it asks nobody who they are.`;
    throw new VirtualBenchError('bench.control', says, 'Listen on 127.0.0.1, ::1 or localhost.');
  }
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
  if (!socket.writable) return;
  const answer = await answerControl(bench, line).then((value) => ({ ok: true, ...value }), refusal);
  if (!socket.destroyed) socket.write(`${JSON.stringify(answer)}\n`);
  if ('code' in answer && answer.code === 'bench.no-request') socket.end();
}

function refusal(cause: unknown): Readonly<Record<string, unknown>> {
  if (cause instanceof VirtualBenchError) {
    return { ok: false, code: cause.code, message: cause.message, remedy: cause.remedy };
  }
  return { ok: false, code: 'bench.internal', message: 'The bench could not do that.', remedy: null };
}
