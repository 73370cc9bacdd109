import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { VirtualBenchError } from '../errors.ts';
import { BenchHost, type HostOptions, type SlotRequest } from './bench-host.ts';

export interface Answer {
  readonly value: unknown;
  readonly nowMs: number;
}

/** A way to the slots: in this thread, or in workers. */
export interface SlotCaller {
  call(index: number, request: SlotRequest, args: readonly unknown[]): Promise<Answer>;
  close(): Promise<void>;
}

/** Slots in the caller's own thread: deterministic, for tests of the model. */
export function inline(options: HostOptions): SlotCaller {
  const host = new BenchHost(options);
  return {
    call: (index, request, args) => host.call(index, request, args),
    close: async () => host.close(),
  };
}

interface Reply extends Partial<Answer> {
  readonly id: number;
  readonly error?: { code: string; message: string; remedy: string | null };
}

/** Slots spread over worker threads; simulating silicon never costs the caller’s event loop, nor the last core. */
export function workers(options: HostOptions): SlotCaller {
  const count = Math.max(1, Math.min(options.boards.length, availableParallelism() - 1));
  const threads = Array.from({ length: count }, (_, n) => {
    return new SlotThread({ ...options, boards: options.boards.filter((_board, i) => i % count === n) });
  });
  const threadOf = new Map(options.boards.map(({ index }, i) => [index, threads[i % count]!]));
  return {
    call: (index, request, args) => threadOf.get(index)!.call(index, request, args),
    close: async () => {
      await Promise.all(threads.map((thread) => thread.close()));
    },
  };
}

class SlotThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<
    number,
    { resolve: (answer: Answer) => void; reject: (cause: Error) => void }
  >();
  #nextId = 1;
  #failed: Error | null = null;

  constructor(options: HostOptions) {
    const source = import.meta.url.endsWith('.ts');
    this.#worker = new Worker(new URL(source ? './worker-from-source.mjs' : './worker.js', import.meta.url), {
      workerData: options,
      execArgv: [],
    });
    this.#worker.unref();
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (cause) => this.#fail(cause));
    this.#worker.on('exit', () => this.#fail(new Error('the virtual bench’s thread has ended')));
  }

  call(index: number, request: SlotRequest | 'close', args: readonly unknown[]): Promise<Answer> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      // A thread with an open question keeps the process alive; an idle one does not.
      if (this.#waiting.size === 0) this.#worker.ref();
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, index, request, args });
    });
  }

  async close(): Promise<void> {
    if (!this.#failed) await this.call(-1, 'close', []);
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (reply.error)
      waiting?.reject(new VirtualBenchError('bench.slot', reply.error.message, reply.error.remedy));
    else waiting?.resolve({ value: reply.value, nowMs: reply.nowMs! });
  }

  #fail(cause: Error): void {
    this.#failed ??= cause;
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }
}
