import type { Measurement, RecipeStep, RunReason, StepRecord } from '@boardwalk/contracts';
import type { LinkClock } from '@boardwalk/debug';
import type { Loan } from '../lending/loan.ts';
import type { BoardLink } from '../link/board-link.ts';
import type { BoardUsb } from '../steps/board-usb.ts';
import { effectsOf, performStep } from '../steps/registry.ts';
import { newFacts, type RunFacts, type StepContext, type StepWords } from '../steps/step-context.ts';
import { asStepFailure } from './failures.ts';
import { outcomeOf, type StepEnd } from './outcome.ts';
import { stepFailure, StepFailure } from '../request/reasons.ts';
import type { RunRequest, RunResult, RunSink } from '../request/run-request.ts';
import { retriesBetween, StepRepeats } from './step-repeats.ts';

/**
 * Executes a recipe on the board of a borrowed link. It never throws for what a board, a probe or a person does:
 * that is the result. The target is let go and the link given back in every case.
 */
export async function executeRun(
  loan: Loan,
  boardUsb: BoardUsb,
  request: RunRequest,
  sink: RunSink,
  signal?: AbortSignal,
): Promise<RunResult> {
  return new RunEngine(loan, boardUsb, request, sink, signal).execute();
}

class RunEngine {
  readonly #steps: StepRecord[] = [];
  readonly #facts: RunFacts = newFacts();
  readonly #clock: LinkClock;
  readonly #stop = new AbortController();
  readonly #repeats: StepRepeats;
  readonly #identifiesInTime: boolean;
  #link: BoardLink | null = null;
  #end: StepFailure | null = null;
  #deadline = Infinity;

  constructor(
    private readonly loan: Loan,
    private readonly boardUsb: BoardUsb,
    private readonly request: RunRequest,
    private readonly sink: RunSink,
    private readonly signal?: AbortSignal,
  ) {
    this.#clock = loan.found.device.clock;
    this.#repeats = new StepRepeats(request.recipe.steps);
    this.#identifiesInTime = identifiesInTime(request.recipe.steps);
  }

  async execute(): Promise<RunResult> {
    const startedAt = new Date().toISOString();
    this.#deadline = this.#clock.now() + this.request.recipe.timeoutSeconds * 1000;
    const abort = (): void => this.#stop.abort();
    this.signal?.addEventListener('abort', abort, { once: true });
    try {
      for (const [index, step] of this.request.recipe.steps.entries()) {
        this.#checkStopped();
        if (this.#end) break;
        await this.#perform(step, index);
        if (this.#end) break;
      }
    } finally {
      this.signal?.removeEventListener('abort', abort);
      await this.#letGo();
    }
    return this.#result(startedAt);
  }

  #checkStopped(): void {
    if (this.signal?.aborted) {
      this.#end = stepFailure('cancelled', {});
    } else if (this.#isLate()) this.#end = this.#timedOut();
  }

  #isLate(): boolean {
    return this.#clock.now() > this.#deadline;
  }

  #timedOut(): StepFailure {
    return stepFailure('timed-out', { seconds: this.request.recipe.timeoutSeconds });
  }

  async #perform(step: RecipeStep, index: number): Promise<void> {
    const startedAt = new Date().toISOString();
    const startMs = this.#clock.now();
    const record = (state: StepRecord['state'], rest: Partial<StepRecord>): StepRecord => ({
      index,
      step: step.step,
      state,
      startedAt,
      durationMs: state === 'running' ? null : Math.round((this.#clock.now() - startMs) * 1000) / 1000,
      detail: '',
      code: null,
      remedy: null,
      measurements: [],
      ...rest,
    });
    this.#steps[index] = record('running', {});
    await this.sink.step(this.#steps[index]);
    const before = this.#repeats.counts(this.#link);
    const retries = (): Measurement[] => retriesBetween(before, this.#repeats.counts(this.#link));
    try {
      const words = await this.#attempt(step, index);
      const measurements = [...(words.measurements ?? []), ...retries()];
      this.#steps[index] = record('passed', { detail: words.detail, measurements });
    } catch (cause) {
      const stopped = asStepFailure(cause);
      const failure = stopped.reason === 'cancelled' && this.#isLate() ? this.#timedOut() : stopped;
      this.#end = failure;
      const { outcome } = outcomeOf([], failure.reason);
      const state = outcome === 'FAIL' ? 'failed' : 'error';
      this.#steps[index] = record(state, {
        detail: failure.message,
        code: failure.stepCode,
        remedy: failure.remedy,
        measurements: retries(),
      });
    }
    await this.sink.step(this.#steps[index]);
  }

  /** Performs a step, and again where it was broken off and the target came back. */
  async #attempt(step: RecipeStep, index: number): Promise<StepWords> {
    const mended: string[] = [];
    let brokenOff: Error | null = null;
    for (;;) {
      const context: StepContext = await this.#context(index, brokenOff);
      try {
        const words = await performStep(step, context);
        return { ...words, detail: [words.detail, ...mended].join(' ') };
      } catch (cause) {
        if (this.#stop.signal.aborted || this.#isLate()) throw cause;
        const words = await this.#mend(index, mended.length, cause, context);
        mended.push(words);
        brokenOff = cause as Error;
      }
    }
  }

  /** @throws `cause` where the step has failed, or what kept the target from coming back */
  async #mend(index: number, tries: number, cause: unknown, context: StepContext): Promise<string> {
    const words = await this.#repeats.mend(index, tries, cause, context).catch((worse: unknown) => {
      throw worse instanceof StepFailure ? worse : cause;
    });
    if (words === null) throw cause;
    return words;
  }

  async #context(index: number, brokenOff: Error | null): Promise<StepContext> {
    this.#link ??= await this.loan.link();
    const { runId, jobId, recipe } = this.request;
    return {
      request: this.request,
      link: this.#link,
      facts: this.#facts,
      clock: this.#clock,
      boardUsb: this.boardUsb,
      signal: this.#stop.signal,
      identifiesInTime: this.#identifiesInTime,
      brokenOff,
      onProgress: ({ doneBytes, totalBytes }) => {
        if (this.#isLate()) this.#stop.abort();
        const stepCount = recipe.steps.length;
        const within = totalBytes > 0 ? doneBytes / totalBytes : 0;
        const fraction = Math.min(1, (index + within) / stepCount);
        this.sink.progress({
          runId,
          jobId,
          step: recipe.steps[index]!.step,
          stepIndex: index,
          stepCount,
          doneBytes,
          totalBytes,
          fraction,
        });
      },
      onIdentified: async (identity, assessment) => {
        const answer = await this.sink.identified(identity, assessment);
        if (!answer) return '';
        if ('finding' in answer) return answer.finding;
        const { reason, detail: message, remedy } = answer.hold;
        throw new StepFailure(reason, { message, remedy });
      },
      onDumped: (bytes, sha256) => this.sink.dumped(bytes, sha256),
    };
  }

  /** Nothing that goes wrong here changes what was found out. */
  async #letGo(): Promise<void> {
    const last = this.request.recipe.steps.findLast(({ step }) => step === 'reset');
    const halt = last?.step === 'reset' && last.finalState === 'halt';
    const { running } = this.#facts;
    const link = this.#link;
    try {
      if (link?.isConnected && !halt && !running) await link.resetAndRun().catch(() => link.resetAndRun());
    } catch {
      // The board or the probe is gone; the run has said so already.
    }
    await this.loan.giveBack().catch(() => undefined);
  }

  #stepEnds(): StepEnd[] {
    return this.#steps.map(({ index, state }) => ({ step: this.request.recipe.steps[index]!, state }));
  }

  #result(startedAt: string): RunResult {
    const stoppedBy: RunReason | null = this.#end?.reason ?? null;
    const { outcome, reason } = outcomeOf(this.#stepEnds(), stoppedBy);
    const facts = this.#facts;
    return {
      outcome,
      reason: reason ?? facts.dumpNote,
      ...(this.#end ? { detail: this.#end.message, remedy: this.#end.remedy } : wordsFor(reason)),
      steps: this.#steps,
      identity: facts.identity,
      assessment: facts.assessment,
      targetVoltage: facts.targetVoltage,
      dumpBeforeSha256: facts.dumpBeforeSha256,
      dumpAfterSha256: facts.dumpAfterSha256,
      dumpNote: facts.dumpNote,
      verify: outcome === 'PASS' ? facts.verify : null,
      probeSerial: this.loan.found.serial,
      probeFirmware: this.#link?.firmware ?? null,
      startedAt,
      finishedAt: new Date().toISOString(),
    };
  }
}

function identifiesInTime(steps: readonly RecipeStep[]): boolean {
  const effects = steps.map(effectsOf);
  const identity = effects.findIndex(({ reads }) => reads === 'identity');
  const change = effects.findIndex(({ touches }) => touches !== 'nothing');
  return identity >= 0 && (change < 0 || identity < change);
}

/** What an end says that no step says: each step did what it should, and the recipe is the fault. */
function wordsFor(reason: RunReason | null): Pick<RunResult, 'detail' | 'remedy'> {
  if (reason !== 'no-verify') return { detail: null, remedy: null };
  return {
    detail:
      'The recipe does not read the flash back after its last change and a reset, so nothing is proved.',
    remedy: 'Put "reset" and "verify" behind the last "erase" or "program" of the recipe.',
  };
}
