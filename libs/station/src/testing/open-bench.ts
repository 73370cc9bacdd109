import { DEFAULT_STEPS, RecipeStep } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { createHash } from 'node:crypto';
import { Bench } from '../bench/bench.ts';
import type { BenchSlot } from '../bench/bench-slot.ts';
import { UNWATCHED, type RunRequest, type RunResult, type RunSink } from '../request/run-request.ts';

/** Firmware of a few pages, the same each time. */
export const FIRMWARE = Uint8Array.from({ length: 5000 }, (_, i) => (i * 37 + (i >> 6)) & 0xff);

/** A station's bench on virtual boards, looked at only when asked. */
export class OpenBench {
  private constructor(
    readonly virtual: VirtualBench,
    readonly bench: Bench,
  ) {}

  static async on(...boards: string[]): Promise<OpenBench> {
    const virtual = await createVirtualBench({ boards, threads: 'inline' });
    return new OpenBench(virtual, await Bench.open({ bus: virtual.bus, pollMs: 0 }));
  }

  get socket() {
    return this.virtual.slots[0]!;
  }

  get slot(): BenchSlot {
    return this.bench.slots[0]!;
  }

  /** Runs on slot 1. */
  run(
    request: Partial<RunRequest> = {},
    sink: Partial<RunSink> = {},
    signal?: AbortSignal,
  ): Promise<RunResult> {
    return this.slot.run(this.request(request), { ...UNWATCHED, ...sink }, signal);
  }

  request(over: Partial<RunRequest> = {}): RunRequest {
    return { ...REQUEST, ...over };
  }

  async close(): Promise<void> {
    await this.bench.close();
    await this.virtual.close();
  }
}

export function recipeOf(
  steps: readonly (string | Partial<RecipeStep>)[] = DEFAULT_STEPS,
  more: Partial<RunRequest['recipe']> = {},
): RunRequest['recipe'] {
  const parsed = steps.map((step) => RecipeStep.parse(typeof step === 'string' ? { step } : step));
  return { name: 'test', revision: 1, steps: parsed, timeoutSeconds: 60, ...more };
}

const REQUEST: RunRequest = {
  runId: 'run',
  jobId: 'job',
  recipe: recipeOf(),
  image: rawImage(FIRMWARE),
  imageSha256: createHash('sha256').update(FIRMWARE).digest('hex'),
  serial: null,
};
