import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createVirtualBench, type VirtualBench } from '../bench/virtual-bench.ts';
import type { BenchService } from './listen.ts';
import { serveControl } from './serve-control.ts';

let bench: VirtualBench;
let service: BenchService;

beforeEach(async () => {
  bench = await createVirtualBench({ boards: ['f103c8', 'f103cb+empty'], threads: 'inline' });
  service = await serveControl({ bench, host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  await service.close();
  await bench.close();
});

async function ask(...lines: string[]): Promise<Record<string, unknown>[]> {
  const socket = connect(service.port, '127.0.0.1');
  const answers: Record<string, unknown>[] = [];
  socket.write(lines.map((line) => `${line}\n`).join(''));
  for await (const line of createInterface({ input: socket })) {
    answers.push(JSON.parse(line) as Record<string, unknown>);
    if (answers.length === lines.length) break;
  }
  socket.destroy();
  return answers;
}

describe('the control port', () => {
  it('answers each line with one JSON document, in order', async () => {
    const [all, one, flash] = await ask('ledger', 'ledger 1', 'flash 1');
    expect(all!['ledgers']).toHaveLength(2);
    expect(one).toMatchObject({ ok: true, slot: '1', ledger: { nowPs: 0 } });
    expect(flash).toMatchObject({ ok: true, sizeBytes: 131072 });
    expect(Buffer.from(flash!['base64'] as string, 'base64').every((byte) => byte === 0xff)).toBe(true);
  });

  it('puts boards in and takes them out', async () => {
    const [empty, , full, , gone] = await ask('flash 2', 'insert 2 f103cb', 'flash 2', 'remove 2', 'flash 2');
    expect([empty, full, gone].map((each) => each!['sizeBytes'])).toEqual([0, 131072, 0]);
  });

  it('lays faults on and clears them', async () => {
    const answers = await ask('fault 1 flash-stuck-bit 0x08000400 3 1', 'fault 1 stall', 'fault 1 clear');
    expect(answers.map((each) => each['ok'])).toEqual([true, true, true]);
  });

  it.each([
    ['dance 1', 'There is no request "dance".'],
    ['flash 7', 'There is no slot "7".'],
    ['insert 1 f999', 'Board spec "f999": there is no board profile "f999".'],
    ['fault 1 gremlin', 'There is no fault "gremlin".'],
    ['fault 1 flash-stuck-bit 0x08000400', 'Fault flash-stuck-bit takes 3 values, not 1.'],
    ['advance 1 soon', 'MS must be a number, not "soon".'],
  ])('answers "%s" with what is wrong and what may stand there', async (line, message) => {
    const [answer] = await ask(line);
    expect(answer).toMatchObject({ ok: false, message });
    expect(answer!['remedy']).toEqual(expect.any(String));
  });

  it.each(['POST / HTTP/1.1', 'GET /ledger HTTP/1.1', '{"request":"ledger"}', 'Ledger 1'])(
    'ends the connection at "%s", which is no request, and does nothing of what follows',
    async (line) => {
      const socket = connect(service.port, '127.0.0.1');
      socket.write(`${line}\nhost: localhost\n\ninsert 2 f103cb\n`);
      let text = '';
      for await (const chunk of socket) text += String(chunk);
      expect(text.trim().split('\n')).toHaveLength(1);
      expect(JSON.parse(text)).toMatchObject({ ok: false, code: 'bench.no-request' });
      expect((await ask('flash 2'))[0]).toMatchObject({ sizeBytes: 0 });
    },
  );

  it('takes no file of this machine', async () => {
    for (const option of ['firmware=/etc/passwd', ' firmware =/etc/passwd', 'wrp+firmware=package.json']) {
      const [answer] = await ask(`insert 1 f103c8+${option}`);
      expect(answer).toMatchObject({ ok: false, code: 'bench.spec' });
      expect(answer!['message']).toMatch(/firmware=FILE is not taken over a port|there is no option/);
    }
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])('is not opened at %s', async (host) => {
    await expect(serveControl({ bench, host, port: 0 })).rejects.toMatchObject({ code: 'bench.control' });
  });

  it('cuts off a line that has no end', async () => {
    const socket = connect(service.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('x'.repeat(10_000));
    await once(socket, 'close');
    expect(socket.destroyed).toBe(true);
  });
});
