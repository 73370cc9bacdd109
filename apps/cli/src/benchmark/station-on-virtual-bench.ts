import { RecipeStep, DEFAULT_STEPS, type StepRecord } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import { Bench, UNWATCHED, type RunRequest, type RunResult } from '@boardwalk/station';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { createHash } from 'node:crypto';

const PS_PER_S = 1e12;

/** Bytes without a blank half-word that look like nothing: xorshift, the same for the same seed. */
export function randomBytes(length: number, seed: number): Uint8Array {
  let state = (seed * 2654435761) >>> 0 || 1;
  return Uint8Array.from({ length }, () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 8) % 255;
  });
}

/** What a benchmarked run took, in modelled seconds. */
export interface TimedRun {
  readonly result: RunResult;
  /** The whole run on its slot's time line, opening and letting go of the probe included. */
  readonly totalS: number;
  readonly steps: Readonly<Record<string, number>>;
}

/** The station's own run engine over virtual boards. */
export class BenchmarkStation {
  private constructor(
    readonly virtual: VirtualBench,
    readonly bench: Bench,
  ) {}

  static async open(boards: readonly string[]): Promise<BenchmarkStation> {
    const virtual = await createVirtualBench({ boards, seed: 1 });
    return new BenchmarkStation(virtual, await Bench.open({ bus: virtual.bus, pollMs: 0 }));
  }

  async run(slot: string, bytes: Uint8Array): Promise<TimedRun> {
    const image = rawImage(bytes);
    const imageSha256 = createHash('sha256').update(bytes).digest('hex');
    const request = {
      runId: `bench-${slot}`,
      jobId: 'bench',
      recipe: recipe(),
      image,
      imageSha256,
      serial: null,
    };
    const before = await this.#now(slot);
    const result = await this.bench.slot(slot)!.run(request, UNWATCHED);
    if (result.outcome !== 'PASS') throw new Error(`the run ended ${result.outcome}: ${result.detail}`);
    return { result, totalS: (await this.#now(slot)) - before, steps: inSeconds(result.steps) };
  }

  async close(): Promise<void> {
    await this.bench.close();
    await this.virtual.close();
  }

  async #now(slot: string): Promise<number> {
    const virtual = this.virtual.slots.find(({ name }) => name === slot)!;
    return (await virtual.ledger()).nowPs / PS_PER_S;
  }
}

/** The default recipe, with all of flash to be blank but for the image, as a production line wants it. */
function recipe(): RunRequest['recipe'] {
  const steps = DEFAULT_STEPS.map((step) =>
    RecipeStep.parse(step === 'erase' ? { step, scope: 'all' } : { step }),
  );
  return { name: 'bench', revision: 1, steps, timeoutSeconds: 600 };
}

/** A name for each step; a step that comes a second time is called `dumpAfter`, `resetAfter`. */
export function columnsOf(steps: readonly string[]): string[] {
  return steps.map((step, index) => (steps.indexOf(step) < index ? `${step}After` : step));
}

function inSeconds(steps: readonly StepRecord[]): Record<string, number> {
  const names = columnsOf(steps.map(({ step }) => step));
  return Object.fromEntries(steps.map(({ durationMs }, index) => [names[index]!, (durationMs ?? 0) / 1000]));
}
