import { Groups, inOrder } from '../group.ts';
import { rowsLink } from '../links.ts';
import { Plant } from '../plant.ts';
import type { LedgerFold } from '../report.ts';
import type { ReportWindow } from '../window.ts';
import type { LedgerException, ShiftLedgerReport } from './columns.ts';
import { LedgerCounts } from './counts.ts';
import type { ScannedCode, StartedRun } from './entries.ts';
import { codeAsException, exceptionOfCode, exceptionOfRun, runAsException } from './exceptions.ts';
import { keyOf, type LedgerGroup } from './grouping.ts';

/** Exceptions listed one by one; the counts have all of them. */
const MOST_LISTED = 1000;

const RULES: readonly string[] = [
  'Codes are those of boards that were scanned in the shift: codes = started + waiting + held + refused + expired + cancelled. What became of a code is as it is now.',
  'Boards started are all runs that started in the shift, also of reference boards: boards started = boards ended + running. A run belongs to the shift in which it started.',
  'Each code that did not start, and each run that did not end, in its own shift or day is an exception with its name. A run that the station interrupted is one too.',
  'Balanced: no code is unaccounted for, and every run that started has ended.',
  `At most ${MOST_LISTED.toLocaleString('en')} exceptions are listed, the latest first; the counts have all.`,
];

/** The account of the codes and the boards of each shift. */
export class ShiftLedgerFold implements LedgerFold<ShiftLedgerReport> {
  readonly #by: LedgerGroup;
  readonly #plant: Plant;
  readonly #rows = new Map<string | null, LedgerCounts>();
  readonly #total = new LedgerCounts();
  readonly #listed: LedgerException[] = [];

  constructor(private readonly window: ReportWindow) {
    this.#by = (window.groupBy as LedgerGroup | undefined) ?? 'shift';
    this.#plant = window.plant ?? new Plant();
  }

  addCodes(codes: readonly ScannedCode[]): void {
    for (const code of codes) {
      const key = keyOf(code, this.#by, this.#plant);
      const kind = code.ofBoard ? exceptionOfCode(code, this.#apart) : null;
      for (const row of this.#of(key)) {
        row.addCode(code);
        if (kind !== null) row.addException(kind);
      }
      if (kind !== null) this.#list(codeAsException(kind, key, code));
    }
  }

  addStarts(runs: readonly StartedRun[]): void {
    for (const run of runs) {
      const key = keyOf(run, this.#by, this.#plant);
      const kind = exceptionOfRun(run, this.#apart);
      for (const row of this.#of(key)) {
        row.addRun(run);
        if (kind !== null) row.addException(kind);
      }
      if (kind !== null) this.#list(runAsException(kind, key, run));
    }
  }

  #of(key: string | null): LedgerCounts[] {
    let row = this.#rows.get(key);
    if (!row) this.#rows.set(key, (row = new LedgerCounts()));
    return [row, this.#total];
  }

  /** Rows of an operator have no time. */
  readonly #apart = (one: string, other: string): boolean =>
    this.#by !== 'operator' && this.#timeKey(one) !== this.#timeKey(other);

  #timeKey(at: string): string | null {
    return keyOf({ at, operator: null }, this.#by, this.#plant);
  }

  #list(exception: LedgerException): void {
    this.#listed.push(exception);
    if (this.#listed.length > 2 * MOST_LISTED) this.#listed.sort(latestFirst).splice(MOST_LISTED);
  }

  report(): ShiftLedgerReport {
    const groups = new Groups(this.#by, this.window);
    const keys = [...this.#rows.keys()].sort(inOrder);
    const all = rowsLink(this.window);
    return {
      rows: keys.map((key) => this.#rows.get(key)!.row(key, rowsLink(this.window, groups.filtersOf(key)))),
      total: this.#total.row('all', all),
      exceptions: this.#listed.sort(latestFirst).slice(0, MOST_LISTED),
      rules: [...RULES],
      links: { rows: all },
    };
  }
}

/** By time; what happened at the same time by its run or its code, so that the order is the same each time. */
function latestFirst(one: LedgerException, other: LedgerException): number {
  const name = ({ runId, code, kind }: LedgerException): string => `${runId} ${code} ${kind}`;
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  return inOrder(name(one), name(other));
}
