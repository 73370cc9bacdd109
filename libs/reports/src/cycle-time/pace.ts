import type { ReportRun } from '../lives/run.ts';
import { Values } from '../statistics/values.ts';

/** A slot that waited longer had no work: a break, a shift without people, an order that was done. */
export const LONGEST_WAIT_S = 600;

/** How fast boards went through the bench. Runs come by the time they started. */
export class Pace {
  readonly handling = new Values(0.1);
  readonly programming = new Values(0.1);
  runs = 0;
  probeWaitingS = 0;
  #passed = 0;
  #busyMs = 0;
  /** The end of the stretch of work that is open. */
  #until: number | null = null;
  readonly #free = new Map<string, number>();

  add({ slot, at, finishedAt, outcome, attempt }: ReportRun): void {
    if (finishedAt === null || attempt === null) return;
    const [start, end] = [Date.parse(at), Date.parse(finishedAt)];
    if (end < start) return;
    this.runs += 1;
    this.#wait(slot, start);
    this.#free.set(slot, end);
    if (outcome === 'PASS') {
      this.#passed += 1;
      this.programming.add((end - start) / 1000);
    }
    this.#work(start, end);
  }

  #wait(slot: string, start: number): void {
    const free = this.#free.get(slot);
    if (free === undefined) return;
    const seconds = (start - free) / 1000;
    if (seconds < 0 || seconds > LONGEST_WAIT_S) return;
    this.handling.add(seconds);
    this.probeWaitingS += seconds;
  }

  #work(start: number, end: number): void {
    const goesOn = this.#until !== null && start - this.#until <= LONGEST_WAIT_S * 1000;
    const from = goesOn ? this.#until! : start;
    this.#busyMs += Math.max(0, end - from);
    this.#until = Math.max(end, goesOn ? this.#until! : end);
  }

  get boardsPerHour(): number | null {
    return this.#busyMs === 0 ? null : (this.#passed * 3_600_000) / this.#busyMs;
  }

  /** Slots that keep one person busy: while one board is handled, the others are programmed. */
  get sitesNeeded(): number | null {
    const [programming, handling] = [this.programming.quantile(0.5), this.handling.quantile(0.5)];
    return programming === null || handling === null || handling === 0
      ? null
      : Math.ceil(programming / handling) + 1;
  }
}
