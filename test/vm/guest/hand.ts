import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HOST = '10.0.2.2';
const variable = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: this suite runs in the guest.`);
  return value;
};

/** Asks the bench's control port on the host. */
export async function control(line: string): Promise<Record<string, unknown>> {
  const socket = connect(Number(variable('BENCH_CONTROL_PORT')), HOST);
  try {
    socket.write(`${line}\n`);
    const [answer] = (await once(createInterface({ input: socket }), 'line')) as [string];
    const document = JSON.parse(answer) as Record<string, unknown>;
    if (document['ok'] !== true) throw new Error(String(document['message']));
    return document;
  } finally {
    socket.destroy();
  }
}

/** Plugs slot `number` into the guest’s USB. */
export async function attach(number: number): Promise<void> {
  const port = variable('BENCH_USBIP_PORT');
  await run('usbip', ['--tcp-port', port, 'attach', '-r', HOST, '-b', `1-${number}`]);
}
