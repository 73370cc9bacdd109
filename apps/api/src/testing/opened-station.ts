import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { HOST_CLOCK } from '../clock/clock.ts';
import { readConfiguration } from '../settings/configuration.ts';
import { startStation, type RunningStation } from '../start-station.ts';

/** A station opened in this process from its sources, on virtual boards and a data folder of its own. */
export class OpenedStation {
  #running: RunningStation | null = null;
  #account: string | null = null;
  /** How far the station's clock is ahead of the host's, ms. */
  aheadMs = 0;

  constructor(
    readonly data = mkdtempSync(join(tmpdir(), 'boardwalk-api-')),
    private readonly environment: Record<string, string> = {},
  ) {}

  async open(): Promise<this> {
    const variables = {
      BOARDWALK_DATA: this.data,
      BOARDWALK_PORT: '0',
      BOARDWALK_BENCH: 'virtual',
      BOARDWALK_VIRTUAL_BOARDS: 'f103cb+empty',
      BOARDWALK_LOG: 'silent',
    };
    const configuration = readConfiguration({ ...variables, ...this.environment });
    this.#running = await startStation(configuration, {
      dashboard: false,
      clock: {
        wall: () => new Date(HOST_CLOCK.wall().getTime() + this.aheadMs),
        monotonicMs: () => HOST_CLOCK.monotonicMs() + this.aheadMs,
      },
    });
    return this;
  }

  /** From now on requests carry this token: the start token is over once there is an admin account. */
  actAs(token: string): void {
    this.#account = token;
  }

  get routes(): readonly string[] {
    return this.#running!.routes;
  }

  get url(): string {
    return this.#running!.url;
  }

  get token(): string {
    const token = this.#account ?? this.#running!.token;
    if (token === null) throw new Error('The start token is over: name the token of an account by actAs.');
    return token;
  }

  /** A request as `token`, the start token or that of `actAs` unless another is given; null sends none. */
  call(
    method: string,
    path: string,
    body?: unknown,
    { token = this.token, headers = {} }: { token?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const raw = body instanceof Uint8Array;
    return fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined
          ? {}
          : { 'content-type': raw ? 'application/octet-stream' : 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: raw ? Buffer.from(body) : JSON.stringify(body) }),
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
    const database = new Sqlite(this.file, { readonly: true });
    try {
      return database.prepare(sql).all() as Row[];
    } finally {
      database.close();
    }
  }

  /** What somebody who has the file changes in it by hand. */
  execute(sql: string): void {
    const database = new Sqlite(this.file, { timeout: 5000 });
    try {
      database.exec(sql);
    } finally {
      database.close();
    }
  }

  get file(): string {
    return join(this.data, 'boardwalk.db');
  }

  async close(): Promise<void> {
    await this.#running?.close();
    this.#running = null;
  }

  async remove(): Promise<void> {
    await this.close();
    rmSync(this.data, { recursive: true, force: true });
  }
}
