import type { ReportQuery } from '@boardwalk/contracts';
import type { z } from 'zod';
import type { ScannedCode, StartedRun } from './shift-ledger/entries.ts';
import type { ReportWindow } from './window.ts';
import type { CloneBoard, CloneFacts } from './clones/board.ts';
import type { Life, Measured, ReportRun, StepTime } from './lives/run.ts';

/** Counts the runs of a window and the lives that began in it, which come in parts. Its memory grows with its rows. */
export interface LifeFold<Answer> {
  addRuns(runs: readonly ReportRun[]): unknown;
  addLives(lives: readonly Life[]): unknown;
  /** Only a fold that has this is given the steps of its runs. */
  addSteps?(steps: readonly StepTime[]): unknown;
  /** Only a fold that has this is given what the steps of its runs measured, in the order of the runs. */
  addMeasured?(measured: readonly Measured[]): unknown;
  /** Only a fold that has this is told how often the probe of each slot was set aside in the window. */
  addQuarantines?(quarantines: Readonly<Record<string, number>>): unknown;
  report(): Answer;
}

/** Counts boards by the latest identity that was read of them, which come in parts. Its memory grows with its rows. */
export interface BoardFold<Answer> {
  /** Comes before the boards. */
  addFacts(facts: CloneFacts): unknown;
  addBoards(boards: readonly CloneBoard[]): unknown;
  report(): Answer;
}

/** Counts the codes that were scanned and the runs that started in a window, which come in parts. */
export interface LedgerFold<Answer> {
  addCodes(codes: readonly ScannedCode[]): unknown;
  addStarts(runs: readonly StartedRun[]): unknown;
  report(): Answer;
}

export type ReportFold<Answer> = LifeFold<Answer> | BoardFold<Answer> | LedgerFold<Answer>;

/** A report: what may be asked, how it counts, and which columns its answer has. */
export interface Report<Answer = unknown> {
  /** The last part of its address: `GET /api/v1/reports/NAME`. */
  readonly name: string;
  /** What it shows, for the API document. */
  readonly summary: string;
  readonly query: z.ZodObject & z.ZodType<ReportQuery>;
  /** The fold's answer. The frame around it is the same for all reports. */
  readonly answer: z.ZodObject & z.ZodType<Answer>;
  /** The columns of a row: of the table that a client gets who accepts `text/csv`. */
  readonly row: z.ZodObject;
  rowsOf(answer: Answer): readonly unknown[];
  fold(window: ReportWindow): ReportFold<Answer>;
}
