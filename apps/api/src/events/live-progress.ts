import type { RunProgressEvent } from '@boardwalk/contracts';
import { Injectable } from '@nestjs/common';

const LEAST_INTERVAL_MS = 100;

/** Progress of runs: sent to whoever looks, never stored, at most ten times a second a slot. */
@Injectable()
export class LiveProgress {
  readonly #listeners = new Set<(event: RunProgressEvent) => void>();
  readonly #last = new Map<string, number>();

  publish(event: RunProgressEvent): void {
    const now = performance.now();
    if (now - (this.#last.get(event.slot) ?? -Infinity) < LEAST_INTERVAL_MS) return;
    this.#last.set(event.slot, now);
    for (const listener of this.#listeners) listener(event);
  }

  onProgress(listener: (event: RunProgressEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
