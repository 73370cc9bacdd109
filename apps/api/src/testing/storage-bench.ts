import type { Job } from '@boardwalk/contracts';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import { OpenedStation } from './opened-station.ts';
import { until } from './until.ts';

/** As long as a busy machine may take; the disk of these tests is slow. */
const LONG_MS = 100_000;

/** A station whose storage is in trouble, and what such tests ask it. */
export class StorageBench {
  #station: OpenedStation | null = null;

  get station(): OpenedStation {
    return this.#station!;
  }

  /** Opens it, with an image that jobs may name. @returns the image's id */
  async openOn(folder?: string, environment: Record<string, string> = {}): Promise<string> {
    this.#station = await new OpenedStation(folder, environment).open();
    const { id } = await this.station.json<{ id: string }>(
      'POST',
      '/images?name=a.bin&raw=true',
      new Uint8Array(600).fill(7),
    );
    return id;
  }

  async remove(): Promise<void> {
    await this.#station?.remove();
    this.#station = null;
  }

  post(image: string, more: object = {}): Promise<Response> {
    return this.station.call('POST', '/api/v1/jobs', { image, count: 1, ...more });
  }

  /** Asks until /readyz answers so. @returns what it says is wrong */
  async readiness(status: number): Promise<string[]> {
    const ask = async () => {
      const answer = await this.station.call('GET', '/readyz', undefined, { token: null });
      const { problems } = (await answer.json()) as { problems: string[] };
      return { status: answer.status, problems };
    };
    return (await until(ask, (answer) => answer.status === status, LONG_MS)).problems;
  }

  completed(id: string): Promise<Job> {
    return until(
      () => this.station.json<Job>('GET', `/jobs/${id}`),
      ({ state }) => state === 'completed',
      LONG_MS,
    );
  }

  chainIsWhole(): boolean {
    const database = openToRead(this.station.file);
    try {
      return verifyDatabase(database).ok;
    } finally {
      database.close();
    }
  }

  jobIds(): string[] {
    return this.station
      .rows<{ id: string }>('SELECT "id" FROM "Job" ORDER BY "id"')
      .map(({ id }) => id)
      .sort();
  }
}
