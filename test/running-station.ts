import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';

const PAGE_BYTES = 4096;
const START = fileURLToPath(new URL('../scripts/start.mjs', import.meta.url));

/** The built station in a process of its own, as an MES meets it. */
export class StationProcess {
  #child: ChildProcess | null = null;
  url = '';
  token = '';
  printed = '';

  constructor(
    readonly data: string,
    private readonly environment: Record<string, string> = {},
  ) {}

  async start(): Promise<void> {
    const env = {
      ...process.env,
      BOARDWALK_DATA: this.data,
      BOARDWALK_PORT: '0',
      BOARDWALK_BENCH: 'virtual',
      BOARDWALK_LOG: 'silent',
    };
    this.printed = '';
    this.#child = spawn(process.execPath, [START], {
      env: { ...env, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const child = this.#child;
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        this.printed += chunk.toString('utf8');
        const link = /(http:\/\/[^\s/]+)\/(?:#token=(\S+))?\s/.exec(this.printed);
        if (!link) return;
        this.url = link[1]!;
        // Over once there is an admin account: then a test brings the token of an account.
        this.token = link[2] ?? this.token;
        resolve();
      };
      child.stdout!.on('data', read);
      child.stderr!.on('data', read);
      child.once('exit', (code) => reject(new Error(`the station ended with ${code}: ${this.printed}`)));
    });
  }

  /** Processor time of the thread that the event loop runs on, by nanoseconds of the scheduler (Linux). */
  loopSeconds(): number {
    const { pid } = this.#child!;
    // Documentation/scheduler/sched-stats.rst: the first field is the time on the processor.
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e9;
  }

  /** Memory of the process that is in RAM, as the kernel counts it (Linux). */
  residentBytes(): number {
    // proc(5): the second field of statm is in pages.
    return Number(readFileSync(`/proc/${this.#child!.pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
  }

  /** Ends the process by a signal; resolves with its exit code. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const ended = once(child, 'exit') as Promise<[number | null]>;
    child.kill(signal);
    const [code] = await ended;
    return code;
  }

  /** Resolves once the process is gone, however it went. */
  async gone(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }

  call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const raw = body instanceof Uint8Array || typeof body === 'string';
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? (body as BodyInit) : JSON.stringify(body) }),
    });
  }

  async json<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.call(method, `/api/v1${path}`, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as Body;
  }

  /** Rows of the database file, as whoever opens it sees them. */
  rows<Row>(sql: string): Row[] {
    const database = new Sqlite(join(this.data, 'boardwalk.db'), { readonly: true });
    try {
      return database.prepare(sql).all() as Row[];
    } finally {
      database.close();
    }
  }
}

/** Asks until the answer satisfies. @throws what was seen last, where that took longer than `seconds` */
export async function until<Value>(
  ask: () => Promise<Value>,
  satisfied: (value: Value) => boolean,
  seconds = 600,
): Promise<Value> {
  const end = performance.now() + seconds * 1000;
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (performance.now() > end)
      throw new Error(`waited ${seconds} s in vain; last seen: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
