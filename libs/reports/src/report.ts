import type { ReportQuery } from '@boardwalk/contracts';
import type { z } from 'zod';
import type { Attempt, ReportWindow } from './attempt.ts';
import type { CloneBoard } from './clones/board.ts';
import type { CloneFacts, ClonesWindow } from './clones/fold.ts';

/** Counts a history that comes in parts, the oldest first. */
export interface ReportFold<Answer> {
  add(attempts: readonly Attempt[]): unknown;
  report(): Answer;
}

/** What may be asked of a report, and which columns its answer has. */
export interface ReportShape<Answer = unknown> {
  /** The last part of its address: `GET /api/v1/reports/NAME`. */
  readonly name: string;
  /** What it shows, for the API document. */
  readonly summary: string;
  readonly query: z.ZodObject & z.ZodType<ReportQuery>;
  readonly answer: z.ZodType<Answer>;
  /** The columns of a row: of the table that a client gets who accepts `text/csv`. */
  readonly row: z.ZodObject;
  rowsOf(answer: Answer): readonly unknown[];
}

/** A report that counts runs. */
export interface Report<Answer = unknown> extends ReportShape<Answer> {
  fold(window: ReportWindow): ReportFold<Answer>;
}

/** Counts boards by the latest identity that was read of them; they come in parts. */
export interface BoardFold<Answer> {
  /** @param virtualLeftOut runs of a virtual bench that read other boards */
  addBoards(boards: readonly CloneBoard[], virtualLeftOut?: number): unknown;
  report(): Answer;
}

/** A report that counts boards by what they are. */
export interface BoardReport<Answer = unknown> extends ReportShape<Answer> {
  foldBoards(window: ClonesWindow, facts: CloneFacts): BoardFold<Answer>;
}
