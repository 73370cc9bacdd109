import { jest } from '@jest/globals';
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

jest.setTimeout(60_000);

const CLI = fileURLToPath(new URL('../apps/cli/bin/boardwalk.mjs', import.meta.url));
type Exporter = ChildProcessByStdio<null, Readable, Readable>;
const started: Exporter[] = [];

function boardwalkVirtual(...args: string[]): Exporter {
  const child = spawn(process.execPath, [CLI, 'virtual', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

afterEach(async () => {
  for (const child of started.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'close');
  }
});

interface Listening {
  readonly usbip: { readonly port: number };
  readonly control: { readonly port: number };
}

/** Reads the one document that `--json` prints once both ports listen. */
async function listening(child: Exporter): Promise<Listening> {
  let document = '';
  for await (const line of createInterface({ input: child.stdout })) {
    document += line;
    if (line === '}') break;
  }
  return JSON.parse(document) as Listening;
}

async function ask(port: number, line: string): Promise<Record<string, unknown>> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${line}\n`);
  const [answer] = (await once(createInterface({ input: socket }), 'line')) as [string];
  socket.destroy();
  return JSON.parse(answer) as Record<string, unknown>;
}

/** Asks for the list of exported devices as the kernel's `usbip list` does: OP_REQ_DEVLIST of USB/IP 1.1.1. */
async function exportedBusIds(port: number): Promise<string[]> {
  const socket = connect(port, '127.0.0.1');
  socket.write(Buffer.from('0111800500000000', 'hex'));
  const answer: Buffer[] = [];
  const DEVICE_BYTES = 312 + 4;
  let devices = Infinity;
  for await (const chunk of socket) {
    answer.push(chunk as Buffer);
    const bytes = Buffer.concat(answer);
    if (bytes.length >= 12) devices = bytes.readUInt32BE(8);
    if (bytes.length >= 12 + devices * DEVICE_BYTES) break;
  }
  const bytes = Buffer.concat(answer);
  return Array.from({ length: devices }, (_, i) => {
    const at = 12 + i * DEVICE_BYTES + 256;
    return bytes.toString('latin1', at, at + 32).replace(/\0.*$/s, '');
  });
}

test('virtual probes are exported under bus ids in the order of the boards, and end at Ctrl-C', async () => {
  const child = boardwalkVirtual(
    ...['--boards', 'f103c8,cks32+rdp1', '--usbip', '127.0.0.1:0', '--control', '127.0.0.1:0', '--json'],
  );
  const { usbip, control } = await listening(child);
  expect(await exportedBusIds(usbip.port)).toEqual(['1-1', '1-2']);
  expect(await ask(control.port, 'flash 1')).toMatchObject({
    ok: true,
    slot: '1',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
  expect(await ask(control.port, 'fault 2 no-such-fault')).toMatchObject({ ok: false });
  child.kill('SIGINT');
  expect((await once(child, 'close'))[0]).toBe(130);
});

test('a board that is not there, an address that is none and a port in use are refused in one line', async () => {
  const first = boardwalkVirtual('--boards', 'f103c8', '--usbip', '127.0.0.1:0', '--json', '--control', '0');
  const { usbip } = await listening(first);
  const attempts: [string[], number, RegExp][] = [
    [['--boards', 'f103zz'], 3, /f103zz/],
    [['--boards', 'f103c8,,cks32'], 3, /commas/],
    [['--boards', 'f103c8', '--usbip', 'here'], 3, /HOST:PORT/],
    [[], 3, /--boards/],
    [['--boards', 'f103c8', '--usbip', `127.0.0.1:${usbip.port}`], 2, /^Nothing can listen on .*\n$/],
  ];
  for (const [args, code, words] of attempts) {
    const child = boardwalkVirtual(...args);
    const closed = once(child, 'close');
    const said = await text(child.stderr);
    const [ended] = (await closed) as [number];
    expect([args, ended, said]).toEqual([args, code, expect.stringMatching(words)]);
    expect(said).not.toMatch(/^\s+at /m);
  }
});
