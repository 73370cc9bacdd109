import { Bench, patchedImage, type BenchSlot, type RunResult, type RunSink } from '@boardwalk/station';
import { storageProblemOf } from '@boardwalk/records';
import { Inject, Injectable } from '@nestjs/common';
import type { Logger } from 'pino';
import { asStation } from '../events/caller.ts';
import { LiveProgress } from '../events/live-progress.ts';
import { ImageStore } from '../images/image-store.ts';
import { ShownOpenings } from '../openings/shown-openings.ts';
import { StorageWatch } from '../status/storage-watch.ts';
import { LOG } from '../settings/tokens.ts';
import { JobBook } from './job-book.ts';
import { RunEnds } from './run-ends.ts';
import type { Claim } from './claims.ts';
import { emptyResult, RunLedger } from './run-ledger.ts';

/** How often what time alone ends is looked for. */
const EXPIRE_EVERY_MS = 10_000;

/**
 * Brings waiting units and boards together. What runs is claimed in the ledger first; whatever runs when the process
 * dies is found at the next start and named `ERROR: interrupted`.
 */
@Injectable()
export class Dispatcher {
  readonly #running = new Map<string, { stop: AbortController; done: Promise<void>; jobId: string }>();
  /** Jobs that each slot's present insertion has run already. */
  readonly #served = new Map<string, { insertion: number; jobs: Set<string> }>();
  /** Units that say why nothing starts on the board in a slot. */
  readonly #waiting = new Map<string, number>();
  #dispatching: Promise<void> | null = null;
  #expiring: Promise<void> | null = null;
  #expiredAt = 0;
  #again = false;
  #closed = false;

  constructor(
    private readonly bench: Bench,
    private readonly ledger: RunLedger,
    private readonly ends: RunEnds,
    private readonly jobs: JobBook,
    private readonly images: ImageStore,
    private readonly live: LiveProgress,
    private readonly storage: StorageWatch,
    private readonly openings: ShownOpenings,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Names what a dead process left running. Call before the first dispatch. */
  recover(): Promise<number> {
    return this.ledger.recover();
  }

  /** By the clock: jobs begin at their `notBefore`, and end at their `notAfter`. */
  tick(): void {
    this.dispatch();
    const now = Date.now();
    if (this.#expiring || this.#closed || now - this.#expiredAt < EXPIRE_EVERY_MS) return;
    this.#expiredAt = now;
    this.#expiring = this.jobs
      .expire(new Date(now))
      .catch((cause: unknown) => this.log.error({ err: cause }, 'late jobs could not be ended'))
      .finally(() => (this.#expiring = null));
  }

  /**
   * Looks for work once for every slot; calls while one look is on make it look again. No run is begun whose end could
   * not be recorded. The loop serves every job at once: what it does is the station's own act, whoever's request woke it.
   */
  dispatch(): void {
    if (!this.storage.ready) return;
    this.#again = true;
    this.#dispatching ??= asStation(() => this.#loop()).finally(() => (this.#dispatching = null));
  }

  async #loop(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#showOpenings();
      for (const slot of this.bench.slots) {
        if (this.#closed || this.#running.has(slot.name)) continue;
        try {
          const claim = await this.#claim(slot);
          if (claim) this.#start(slot, claim);
        } catch (cause) {
          this.log.error({ err: cause, slot: slot.name }, 'a job could not be started');
        }
      }
    }
  }

  /** At the start of a shift slots must be opened again: the tick finds out. */
  async #showOpenings(): Promise<void> {
    try {
      await this.openings.show();
    } catch (cause) {
      this.log.error({ err: cause }, 'which slots are open could not be read');
    }
  }

  async #claim(slot: BenchSlot): Promise<Claim | null> {
    const { probe, board } = slot.snapshot();
    const { presence } = slot;
    if (presence !== 'ready' && presence !== 'done') {
      if (presence !== 'running') await this.#waits(slot, null);
      return null;
    }
    const served = this.#servedBy(slot);
    const offered = await this.ledger.offer({
      name: slot.name,
      insertion: slot.insertion,
      uid: board?.uid ?? null,
      flashSizeKib: board?.flashSizeKib ?? null,
      deviceId: board?.deviceId ?? null,
      transport: slot.transport,
      served,
      portPath: slot.portPath,
      probeSerial: probe?.serial ?? null,
      probeFirmware: probe?.firmware ?? null,
    });
    for (const job of offered.served) served.add(job);
    if (!offered.claim) slot.setWaiting(offered.waiting);
    await this.#waits(slot, offered.unit);
    return offered.claim;
  }

  /** The unit that says why nothing starts in a slot; the one that said so before does not wait for it any more. */
  async #waits(slot: BenchSlot, unit: number | null): Promise<void> {
    const before = this.#waiting.get(slot.name) ?? null;
    if (before === unit) return;
    if (unit === null) this.#waiting.delete(slot.name);
    else this.#waiting.set(slot.name, unit);
    if (before !== null) await this.ledger.forget(before);
  }

  #servedBy(slot: BenchSlot): Set<string> {
    const known = this.#served.get(slot.name);
    if (known?.insertion === slot.insertion) return known.jobs;
    const fresh = { insertion: slot.insertion, jobs: new Set<string>() };
    this.#served.set(slot.name, fresh);
    return fresh.jobs;
  }

  #start(slot: BenchSlot, claim: Claim): void {
    const stop = new AbortController();
    const done = this.#execute(slot, claim, stop.signal)
      .catch((cause: unknown) =>
        this.log.error({ err: cause, runId: claim.runId }, 'a run’s end could not be recorded'),
      )
      .finally(() => {
        this.#running.delete(slot.name);
        this.dispatch();
      });
    this.#running.set(slot.name, { stop, done, jobId: claim.unit.jobId });
  }

  async #execute(slot: BenchSlot, claim: Claim, signal: AbortSignal): Promise<void> {
    let ended = false;
    const sink: RunSink = {
      ...this.#sink(claim),
      // The slot stays taken, and shows no outcome, until its run is recorded.
      ended: (result) => {
        ended = true;
        return this.ends.store(claim, result);
      },
    };
    try {
      await this.#perform(slot, claim, sink, signal);
    } catch (cause) {
      if (ended) throw cause;
      this.log.error({ err: cause, runId: claim.runId }, 'a run failed inside the station');
      await this.ends.store(claim, failedResult(cause));
    }
  }

  async #perform(slot: BenchSlot, claim: Claim, sink: RunSink, signal: AbortSignal): Promise<void> {
    const { runId, unit, recipe, serial, patches } = claim;
    const segments = patches.map(({ address, hex }) => ({
      address: parseInt(address, 16),
      data: new Uint8Array(Buffer.from(hex, 'hex')),
    }));
    const request = {
      runId,
      jobId: unit.jobId,
      recipe,
      image: patchedImage(await this.images.load(recipe.image), segments),
      imageSha256: recipe.image,
      serial,
    };
    await slot.run(request, sink, signal);
  }

  #sink(claim: Claim): Omit<RunSink, 'ended'> {
    return {
      step: (record) => this.ledger.step(claim, record),
      progress: (progress) => this.live.publish({ type: 'run.progress', slot: claim.slot, data: progress }),
      identified: (identity, assessment) => this.ledger.identified(claim, identity, assessment),
      dumped: async (bytes) => {
        // Under its SHA-256, which the run's record holds: a golden board's dump can be programmed like any image.
        await this.images.add({ bytes, name: `dump-${claim.runId}.bin`, raw: true });
      },
    };
  }

  /** Stops the runs of a job that was cancelled. */
  stopJob(jobId: string): void {
    for (const run of this.#running.values()) if (run.jobId === jobId) run.stop.abort();
  }

  /** Takes no new work, stops what runs, and waits until every end is recorded or cannot be. */
  async close(): Promise<void> {
    this.#closed = true;
    this.ends.close();
    for (const { stop } of this.#running.values()) stop.abort();
    await this.#dispatching?.catch(() => undefined);
    await this.#expiring;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}

/** A run that the station itself kept from its end; a step that could not be recorded says why. */
function failedResult(cause: unknown): RunResult {
  const empty = emptyResult(new Date().toISOString());
  const problem = storageProblemOf(cause);
  if (problem) {
    const remedy = `${problem.remedy} Flash the board again.`;
    return { ...empty, detail: `The run could not be recorded. ${problem.says}`, remedy };
  }
  return { ...empty, detail: cause instanceof Error ? cause.message : empty.detail };
}
