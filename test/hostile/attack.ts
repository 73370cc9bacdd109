import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** What an attacker knows: the address, and the tokens of people whose role is small. */
export interface Target {
  readonly host: string;
  readonly port: number;
  /** An address of this machine that no other attack comes from: limits are for each address. */
  readonly from: string;
  readonly operator: string;
  readonly engineer: string;
}

/** One kind of hostile client, and what it may cost the station, and so everybody else. */
export interface Attack {
  readonly name: string;
  readonly run: (target: Target) => Promise<void>;
  /** How much time of the event loop, as so many requests of an ordinary client take. */
  readonly loop: number;
  /** The most of it that one request of somebody else may wait for, in the same unit. */
  readonly wait: number;
  /** By how much its memory may be larger at the peak. */
  readonly memoryMiB: number;
}

export type Costs = Omit<Attack, 'name' | 'run'>;
/** One request that is refused. */
export const LITTLE: Costs = { loop: 300, wait: 200, memoryMiB: 32 };
/** Some hundred requests or connections. */
export const SOME: Costs = { loop: 3000, wait: 400, memoryMiB: 48 };

/** How long an attacker waits for an answer that does not come. */
const PATIENCE_MS = 40_000;

/** A connection of the attacker; what happens to it later is nobody's concern. */
export async function line({ host, port, from }: Target): Promise<Socket> {
  const socket = connect({ host, port, localAddress: from });
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect').catch(() => undefined), once(socket, 'close')]);
  return socket;
}

export const lines = (target: Target, count: number): Promise<Socket[]> =>
  Promise.all(Array.from({ length: count }, () => line(target)));

/** Sends bytes on one connection. @returns what comes back until it is an answer, the end, or nothing for a while */
export async function talk(target: Target, ...parts: readonly (string | Buffer)[]): Promise<string> {
  const socket = await line(target);
  let text = '';
  const over = new Promise<void>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (/\r\n\r\n/.test(text)) resolve();
    });
    socket.once('close', () => resolve());
    setTimeout(resolve, PATIENCE_MS).unref();
  });
  for (const part of parts) if (!socket.destroyed) socket.write(part);
  await over;
  socket.destroy();
  return text;
}

/** The status of an answer; 0 for a connection that was ended without one. */
export function statusOf(answer: string): number {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 0);
}

export function head(method: string, path: string, ...headers: readonly string[]): string {
  return [`${method} ${path} HTTP/1.1`, 'host: station', ...headers, '', ''].join('\r\n');
}

export const bearer = (token: string): string => `authorization: Bearer ${token}`;
export const JSON_TYPE = 'content-type: application/json';

/** @throws Error where an answer is not one of those expected; 0 is a connection that was ended */
export function expectStatus(what: string, answer: string, ...expected: readonly number[]): void {
  const status = statusOf(answer);
  if (expected.includes(status)) return;
  throw new Error(`${what}: the answer is ${status}, not ${expected.join(' or ')}: ${answer.slice(0, 400)}`);
}

/** Attacks that send one thing, and the answers that it may get. */
export const sends = (
  name: string,
  parts: (target: Target) => readonly (string | Buffer)[],
  expected: readonly number[],
  costs: Partial<Costs> = {},
): Attack => ({
  ...{ name, ...LITTLE, ...costs },
  run: async (target) => expectStatus(name, await talk(target, ...parts(target)), ...expected),
});
