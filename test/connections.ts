import http from 'node:http';
import type { StationProcess } from './running-station.ts';

/** What came back; null when the connection was cut before an answer. */
export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** Several connections that stay open, as an MES holds them. */
export class Connections {
  readonly #agent: http.Agent;

  constructor(
    private readonly station: StationProcess,
    private readonly count: number,
  ) {
    this.#agent = new http.Agent({ keepAlive: true, maxSockets: count });
  }

  /** Sends a request; with `cut` the connection is destroyed right after its last byte went out. */
  post(
    path: string,
    body: string,
    headers: Record<string, string> = {},
    cut = false,
  ): Promise<Answer | null> {
    const options = {
      method: 'POST',
      agent: cut ? false : this.#agent,
      headers: {
        authorization: `Bearer ${this.station.token}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...headers,
      },
    } as const;
    return new Promise((resolve) => {
      const request = http.request(`${this.station.url}/api/v1${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => resolve(null));
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      request.on('error', () => resolve(null));
      request.end(body, () => {
        if (cut) request.destroy();
      });
    });
  }

  /** Every connection takes the next number until none is left. */
  async share(total: number, work: (index: number) => Promise<void>): Promise<void> {
    let next = 0;
    await Promise.all(
      Array.from({ length: this.count }, async () => {
        while (next < total) await work(next++);
      }),
    );
  }

  close(): void {
    this.#agent.destroy();
  }
}
