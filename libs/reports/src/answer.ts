import type { ReportQuery } from '@boardwalk/contracts';
import type { ReportWindow } from './window.ts';
import type { CloneBoard, CloneFacts } from './clones/board.ts';
import type { ReportFrame } from './frame.ts';
import type { Measured, ReportPage, ReportRun, StepTime } from './lives/run.ts';
import { rowsLink } from './links.ts';
import { Plant } from './plant.ts';
import type { BoardFold, LedgerFold, LifeFold, Report } from './report.ts';
import type { ScannedCode, StartedRun } from './shift-ledger/entries.ts';
import { spanOf, type Span } from './time/days.ts';
import type { ShiftPlan } from './time/shifts.ts';

/** Filters of a query that are columns of a run; an empty one is for runs that have no such value. */
const COLUMNS = ['recipe', 'workOrder', 'lot', 'supplier', 'slot', 'operator'] as const;
export type RowFilter = Partial<Record<(typeof COLUMNS)[number], string | null>> & {
  readonly from: string | null;
  readonly to: string | null;
  readonly images?: readonly string[] | undefined;
  readonly recipeRevision?: number | undefined;
  readonly probeSerial?: string | undefined;
};

/** Boards by runs of a virtual bench alone, or of a real one; undefined: both. */
export type BoardFilter = RowFilter & { readonly virtual?: boolean | undefined };

/** Where reports read: a record as it was at one moment. */
export interface Source {
  readonly generation: string | null;
  readonly asOf: number;
  readonly shiftPlans: readonly ShiftPlan[];
  pages(filter: RowFilter): Iterable<ReportPage>;
  imagesNamed(name: string): string[];
  cloneFacts(): CloneFacts;
  boards(filter: BoardFilter): Iterable<readonly CloneBoard[]>;
  /** Runs of the other kind of bench that read an identity. */
  readingsLeftOut(filter: BoardFilter): number;
  /** The steps of runs that passed. */
  steps(runs: readonly string[]): readonly { runId: string; step: string; durationMs: number }[];
  /** What the steps of runs measured, by run in the order of the steps. */
  measured(runs: readonly string[]): readonly { runId: string; name: string; value: number }[];
  codes(filter: RowFilter): Iterable<readonly ScannedCode[]>;
  starts(filter: RowFilter): Iterable<readonly StartedRun[]>;
  /** Slot → how often its probe was set aside. */
  quarantines(window: Span): Readonly<Record<string, number>>;
}

/** Parts of a query that a list of runs does not take. */
const NO_FILTERS: ReadonlySet<string> = new Set(['groupBy', 'measure']);

/** A query with the filters that one report has more. */
type Recalled = ReportQuery & { readonly recipeRevision?: number; readonly probe?: string };

/** How a station, or a command line without one, answers. */
export interface Ways {
  readonly timeZone: string;
  /** Whether runs of a virtual bench count; undefined: with the others. */
  readonly virtual?: boolean | undefined;
  /** Lets other work go on between two parts of the record. */
  pause?(): Promise<void>;
}

/** Answers a report by what is in the record. */
export async function answerReport<Answer>(
  report: Report<Answer>,
  query: ReportQuery,
  source: Source,
  ways: Ways,
): Promise<Answer & ReportFrame> {
  const plant = new Plant(ways.timeZone, source.shiftPlans);
  const window = windowOf(query, plant, ways);
  const reading = new Reading(source, window, query);
  const fold = report.fold(window);
  if ('addBoards' in fold) await reading.boards(fold, ways);
  else if ('addCodes' in fold) await reading.ledger(fold, ways);
  else await reading.window(fold, ways);
  const { from, to, groupBy = null } = window;
  return {
    ...{ virtualRuns: reading.virtualRuns, from, to, generation: source.generation, asOf: source.asOf },
    ...{ timeZone: ways.timeZone, groupBy, links: { rows: rowsLink(window, { counted: 'true' }) } },
    // A report that does not count runs has links of its own.
    ...fold.report(),
  };
}

function windowOf(query: ReportQuery, plant: Plant, { virtual }: Ways): ReportWindow {
  const { from, to, for: _for, ...others } = query;
  const { groupBy, measure } = query as { readonly groupBy?: string; readonly measure?: string };
  const filters = Object.entries(others).filter(
    ([name, value]) => value !== undefined && !NO_FILTERS.has(name),
  );
  return {
    ...{ ...spanOf({ from, to }, plant.zone), groupBy, measure, plant, virtual },
    filters: Object.fromEntries(filters),
    slot: query.slot,
  };
}

/** One reading of the record for one report. */
class Reading {
  virtualRuns = 0;
  readonly #filter: RowFilter;

  constructor(
    private readonly source: Source,
    private readonly reportWindow: ReportWindow,
    private readonly query: ReportQuery,
  ) {
    const { image, recipeRevision, probe: probeSerial } = query as Recalled;
    const columns = COLUMNS.flatMap((name) => {
      const value = query[name];
      return value === undefined ? [] : [[name, value === '' ? null : value]];
    });
    this.#filter = {
      ...(Object.fromEntries(columns) as Partial<RowFilter>),
      ...{ from: reportWindow.from, to: reportWindow.to, recipeRevision, probeSerial },
      images: image === undefined ? undefined : source.imagesNamed(image),
    };
  }

  async window<Answer>(fold: LifeFold<Answer>, ways: Ways): Promise<void> {
    for (const { runs, lives } of this.source.pages(this.#filter)) {
      const shown = runs.filter((run) => this.#inShift(run) && this.#shows(run));
      const ids = new Set(shown.map(({ id }) => id));
      fold.addRuns(shown);
      fold.addLives(lives.filter(({ first }) => ids.has(first.id)));
      if (fold.addSteps) fold.addSteps(this.#stepsOf(shown));
      if (fold.addMeasured) fold.addMeasured(this.#measuredOf(shown));
      await ways.pause?.();
    }
    fold.addQuarantines?.(this.source.quarantines(this.reportWindow));
  }

  #stepsOf(runs: readonly ReportRun[]): StepTime[] {
    const byId = new Map(runs.map((run) => [run.id, run]));
    const steps = this.source.steps([...byId.keys()]);
    return steps.map(({ runId, step, durationMs }) => ({ run: byId.get(runId)!, step, durationMs }));
  }

  #measuredOf(runs: readonly ReportRun[]): Measured[] {
    const byRun = new Map<string, Measured[]>(runs.map(({ id }) => [id, []]));
    const byId = new Map(runs.map((run) => [run.id, run]));
    for (const { runId, name, value } of this.source.measured([...byRun.keys()]))
      byRun.get(runId)!.push({ run: byId.get(runId)!, name, value });
    return [...byRun.values()].flat();
  }

  async boards<Answer>(fold: BoardFold<Answer>, ways: Ways): Promise<void> {
    const filter = { ...this.#filter, virtual: this.reportWindow.virtual };
    fold.addFacts(this.source.cloneFacts());
    for (const boards of this.source.boards(filter)) {
      fold.addBoards(boards);
      await ways.pause?.();
    }
    this.virtualRuns = this.source.readingsLeftOut(filter);
  }

  async ledger<Answer>(fold: LedgerFold<Answer>, ways: Ways): Promise<void> {
    const { virtual: wanted } = this.reportWindow;
    for (const codes of this.source.codes(this.#filter)) {
      const shown = codes.filter(({ virtual }) => virtual === null || (wanted ?? virtual) === virtual);
      fold.addCodes(shown.filter((code) => this.#inShift(code)));
      await ways.pause?.();
    }
    for (const runs of this.source.starts(this.#filter)) {
      fold.addStarts(runs.filter((run) => this.#inShift(run) && this.#shows(run)));
      await ways.pause?.();
    }
  }

  #shows({ virtual }: Pick<ReportRun, 'virtual'>): boolean {
    const { virtual: wanted } = this.reportWindow;
    if (wanted === undefined || wanted === virtual) return true;
    if (virtual) this.virtualRuns += 1;
    return false;
  }

  /** A shift is named by its key, or by its name for that shift of every day. */
  #inShift({ at }: Pick<ReportRun, 'at'>): boolean {
    const { shift } = this.query;
    if (shift === undefined) return true;
    const key = this.reportWindow.plant!.shifts.keyOf(Date.parse(at));
    return key === shift || key.slice('2026-11-21 '.length) === shift;
  }
}
