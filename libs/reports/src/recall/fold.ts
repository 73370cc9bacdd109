import type { ReportWindow } from '../window.ts';
import { rowsLink } from '../links.ts';
import type { ReportRun } from '../lives/run.ts';
import type { LifeFold } from '../report.ts';
import type { RecallReport } from './columns.ts';

const RULES: readonly string[] = [
  'Boards with a finished run that fits every filter, also an aborted one: it may have changed the flash. Reference boards are left out.',
  'Last outcome, slot, order, serial and unique id are of the latest run that fits, in the order of the record.',
  'Unknown: runs that fit of which no unique id is known. Some of them may be of boards that are not in the list.',
];

interface Found {
  readonly board: number;
  runs: number;
  firstAt: string;
  lastAt: string;
  last: ReportRun;
  serial: string | null;
  uid: string | null;
}

/** The boards that something was done to. */
export class RecallFold implements LifeFold<RecallReport> {
  readonly #boards = new Map<number, Found>();
  #runs = 0;
  #unknown = 0;

  constructor(private readonly window: ReportWindow) {}

  addRuns(runs: readonly ReportRun[]): void {
    for (const run of runs) {
      this.#runs += 1;
      if (run.uid === null) this.#unknown += 1;
      if (run.board !== null && (run.uid !== null || run.serial !== null)) this.#add(run.board, run);
    }
  }

  addLives(): void {
    // Every run counts, whatever attempt it is.
  }

  #add(board: number, run: ReportRun): void {
    const { at, serial, uid } = run;
    const found = this.#boards.get(board);
    if (!found) {
      this.#boards.set(board, { ...{ board, runs: 1, firstAt: at, lastAt: at, last: run, serial, uid } });
      return;
    }
    found.runs += 1;
    if (at < found.firstAt) found.firstAt = at;
    if (at > found.lastAt) found.lastAt = at;
    if (run.sequence < found.last.sequence) return;
    found.last = run;
    found.serial = serial ?? found.serial;
    found.uid = uid ?? found.uid;
  }

  report(): RecallReport {
    const boards = [...this.#boards.values()].sort((one, other) => one.board - other.board);
    return {
      rows: boards.map(({ board, runs, firstAt, lastAt, last, serial, uid }) => ({
        ...{ serial, uid, lastOutcome: last.outcome, runs, firstAt, lastAt, slot: last.slot },
        ...{ workOrder: last.workOrder, board },
        links: { runs: rowsLink(this.window, { board: String(board), counted: 'true' }) },
      })),
      total: {
        ...{ known: boards.length, unknown: this.#unknown, runs: this.#runs },
        links: {
          runs: rowsLink(this.window, { counted: 'true' }),
          unknown: rowsLink(this.window, { uid: '', counted: 'true' }),
        },
      },
      rules: [...RULES],
    };
  }
}
