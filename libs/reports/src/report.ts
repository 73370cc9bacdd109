import type { ReportQuery } from '@boardwalk/contracts';
import type { z } from 'zod';
import type { Attempt, ReportWindow } from './attempt.ts';

/** Counts a history that comes in parts, the oldest first. */
export interface ReportFold<Answer> {
  add(attempts: readonly Attempt[]): unknown;
  report(): Answer;
}

/** A report: what may be asked, how it counts, and which columns its answer has. */
export interface Report<Answer = unknown> {
  /** The last part of its address: `GET /api/v1/reports/NAME`. */
  readonly name: string;
  /** What it shows, for the API document. */
  readonly summary: string;
  readonly query: z.ZodObject & z.ZodType<ReportQuery>;
  readonly answer: z.ZodType<Answer>;
  /** The columns of a row: of the table that a client gets who accepts `text/csv`. */
  readonly row: z.ZodObject;
  rowsOf(answer: Answer): readonly unknown[];
  fold(window: ReportWindow): ReportFold<Answer>;
}
