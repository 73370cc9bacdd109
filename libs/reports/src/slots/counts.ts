import { LIFE_FACTS, STATION_FAULTS } from '../lives/passes.ts';
import type { Life, ReportRun } from '../lives/run.ts';
import { Values } from '../statistics/values.ts';
import { share } from '../wilson.ts';
import type { SlotRow } from './columns.ts';

/** The counts of one slot, or of all. */
export class SlotCounts {
  boards = 0;
  firstPassed = 0;
  quarantines = 0;
  #runs = 0;
  #stationErrors = 0;
  #failed = 0;
  #passedOnRetest = 0;
  #port: string | null = null;
  #last = 0;
  readonly #seconds = new Values(0.1);
  readonly #volts = new Values(0.001);

  addRun({ attempt, outcome, sequence, port, at, finishedAt, voltage }: ReportRun): void {
    if (attempt === null) return;
    this.#runs += 1;
    if (STATION_FAULTS.has(outcome)) this.#stationErrors += 1;
    if (this.#port === null || sequence > this.#last) [this.#port, this.#last] = [port, sequence];
    if (outcome === 'PASS' && finishedAt !== null)
      this.#seconds.add(Math.max(0, Date.parse(finishedAt) - Date.parse(at)) / 1000);
    if (voltage !== null) this.#volts.add(voltage);
  }

  addLife(life: Life): void {
    this.boards += 1;
    if (life.first.outcome === 'PASS') this.firstPassed += 1;
    if (LIFE_FACTS.failed(life)) this.#failed += 1;
    if (LIFE_FACTS['passed-on-retest'](life)) this.#passedOnRetest += 1;
  }

  row(slot: string, { p, note, links }: Pick<SlotRow, 'p' | 'note' | 'links'>): SlotRow {
    const { boards, quarantines } = this;
    return {
      ...{ slot, port: slot === 'all' ? null : this.#port, boards, runs: this.#runs },
      firstPass: share(this.firstPassed, boards),
      stationErrors: this.#stationErrors,
      passedOnRetest: share(this.#passedOnRetest, this.#failed),
      ...{ p, note, medianSeconds: this.#seconds.quantile(0.5) },
      ...{ voltageMedian: this.#volts.quantile(0.5), voltageMin: this.#volts.min, quarantines, links },
    };
  }
}
