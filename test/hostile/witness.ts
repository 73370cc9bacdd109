import http from 'node:http';
import type { StationProcess } from '../running-station.ts';

const PAUSE_MS = 20;
/** Requests in a row that cost what they cost without an attack, before its work is taken to be over. */
const QUIET = 3;
const MOST_ASKED = 1000;

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE_MS));

/** What the station spent between two moments. */
export interface Costs {
  /** Processor time of the event loop, in seconds. */
  readonly loop: number;
  /** The most of it that one request of somebody else waited for. */
  readonly wait: number;
  /** By how much its memory was larger at its peak. */
  readonly bytes: number;
  readonly answers: number;
}

/** Somebody who works meanwhile, over one connection that stays open: each request is answered. */
export class Witness {
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  readonly #atFirst: { readonly loop: number; readonly bytes: number };
  #wait = 0;
  #peak = 0;
  #answers = 0;
  #over = false;

  constructor(
    private readonly station: StationProcess,
    private readonly token: string,
  ) {
    this.#atFirst = { loop: station.loopSeconds(), bytes: station.residentBytes() };
  }

  /** One request. Processor time is counted, not the clock: a busy machine changes nothing. */
  async ask(): Promise<void> {
    const before = this.station.loopSeconds();
    await this.#answered();
    this.#answers += 1;
    this.#wait = Math.max(this.#wait, this.station.loopSeconds() - before);
    this.#peak = Math.max(this.#peak, this.station.residentBytes());
  }

  /** Asks again and again until {@link end}. */
  async work(): Promise<void> {
    while (!this.#over) {
      await this.ask();
      await pause();
    }
  }

  /**
   * Asks until the station is at rest: an attack pays for what it leaves to be cleared up, not the next one.
   * @param most what a request and the pause behind it cost then, in seconds of processor time
   */
  async settle(most: number): Promise<void> {
    let quiet = 0;
    let spent = 0;
    for (let asked = 0; quiet < QUIET; asked += 1) {
      if (asked === MOST_ASKED)
        throw new Error(
          `After ${asked} requests the station still spends ${spent} s on one; at rest ${most}.`,
        );
      const before = this.station.loopSeconds();
      await this.ask();
      await pause();
      spent = this.station.loopSeconds() - before;
      quiet = spent <= most ? quiet + 1 : 0;
    }
  }

  end(): void {
    this.#over = true;
  }

  /** What it has cost so far. */
  costs(): Costs {
    const { loop, bytes } = this.#atFirst;
    return {
      ...{ loop: this.station.loopSeconds() - loop, wait: this.#wait },
      ...{ bytes: this.#peak - bytes, answers: this.#answers },
    };
  }

  close(): void {
    this.#agent.destroy();
  }

  #answered(): Promise<void> {
    const headers = { authorization: `Bearer ${this.token}` };
    return new Promise((resolve, reject) => {
      const url = `${this.station.url}/api/v1/slots`;
      const request = http.get(url, { agent: this.#agent, headers }, (response) => {
        response.resume();
        response.once('end', () =>
          response.statusCode === 200
            ? resolve()
            : reject(new Error(`The witness got ${response.statusCode}.`)),
        );
      });
      // The station ends a connection that was idle for a while, also at the moment of the next request.
      request.once('error', (cause) => {
        if (request.reusedSocket) this.#answered().then(resolve, reject);
        else reject(cause);
      });
    });
  }
}
