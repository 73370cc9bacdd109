import { EXIT, type ExitCode } from './exit-codes.ts';
import { REFUSALS, type RefusalCode } from './table.ts';

/** The values in a sentence, as a person reads them. */
export type Params = Readonly<Record<string, string | number>>;

/** A code of the table, a sentence and the next step: every error of ours has them. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly message: string;
  readonly params: Params;
  /** An engineer's next step; null: the message ends with it. */
  readonly remedy: string | null;
  readonly cause?: unknown;
}

/** The code of this name; null where the table has none. */
export function refusalCodeOf(text: unknown): RefusalCode | null {
  return typeof text === 'string' && Object.hasOwn(REFUSALS, text) ? (text as RefusalCode) : null;
}

/** Any thrown value as a refusal; null where its code is not of the table, as with errors of Node and SQLite. */
export function refusalOf(cause: unknown): Refusal | null {
  if (!(cause instanceof Error)) return null;
  const known = refusalCodeOf((cause as { code?: unknown }).code) !== null && 'remedy' in cause;
  return known ? (cause as unknown as Refusal) : null;
}

/** The exit code of a command that this error ended; errors without a code of ours are the station's. */
export function exitCodeOf(cause: unknown): ExitCode {
  const refusal = refusalOf(cause);
  return EXIT[refusal ? REFUSALS[refusal.code].exit : 'stationFailed'];
}

/** The next step, as somebody of this role can do it; null: the message ends with it. */
export function remedyFor({ code, remedy }: Pick<Refusal, 'code' | 'remedy'>, role: string): string | null {
  return role === 'operator' && remedy !== null ? REFUSALS[code].operator : remedy;
}

/** A refusal for somebody of this role: its sentence and the next step. */
export function toldTo(refusal: Pick<Refusal, 'code' | 'message' | 'remedy'>, role: string): string {
  const remedy = remedyFor(refusal, role);
  return remedy === null ? refusal.message : `${refusal.message} ${remedy}`;
}

/** The parts of an error besides its code and its sentence. */
export interface RefusalDetails {
  readonly params?: Params;
  /** Absent: the engineer's remedy of the table. */
  readonly remedy?: string | null | undefined;
  readonly cause?: unknown;
}

/** The errors of the libraries: thrown where something cannot be done, read wherever a person is told. */
export class RefusalError<Code extends RefusalCode = RefusalCode> extends Error implements Refusal {
  readonly params: Params;
  readonly remedy: string | null;

  constructor(
    readonly code: Code,
    message: string,
    { params = {}, remedy, cause }: RefusalDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.params = params;
    this.remedy = remedy === undefined ? REFUSALS[code].engineer : remedy;
  }
}
