import { REFUSALS, remedyFor, type Params, type Problem, type RefusalCode } from '@boardwalk/contracts';
import type { StorageProblem } from '@boardwalk/records';
import { HttpException } from '@nestjs/common';

/** The parts of a problem besides its code and its sentence. */
export interface ProblemDetails {
  readonly errors?: Problem['errors'];
  /** Sent with the answer, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly params?: Params;
  /** Absent: the sentence ends with what to do next. */
  readonly remedy?: string | null;
}

/** A refusal of a request; its status and whether it may be sent again are those of its row in the table. */
export class ProblemException extends HttpException {
  readonly retryable: boolean;
  readonly errors: Problem['errors'];
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Params;
  readonly remedy: string | null;

  constructor(
    readonly code: RefusalCode,
    detail: string,
    { errors, headers = {}, params = {}, remedy = null }: ProblemDetails = {},
  ) {
    super(detail, REFUSALS[code].status ?? 500);
    this.retryable = REFUSALS[code].retryable;
    this.errors = errors;
    this.headers = headers;
    this.params = params;
    this.remedy = remedy;
  }
}

export const notFound = (what: string): ProblemException =>
  new ProblemException('not-found', `There is no ${what}.`, { params: { what } });
export const refused = (code: RefusalCode, detail: string): ProblemException =>
  new ProblemException(code, detail);
export const invalid = (detail: string, pointer: string): ProblemException =>
  new ProblemException('invalid', detail, { errors: [{ pointer, detail }], params: { pointer } });
/** Nothing is wrong with the request: it comes too early. */
export const comeAgain = (code: RefusalCode, detail: string, seconds: number): ProblemException =>
  new ProblemException(code, detail, { headers: { 'Retry-After': String(seconds) }, params: { seconds } });

const STORAGE_RETRY_SECONDS = 5;

/** The records cannot be written: nothing was stored. */
export function storageRefusal({ code, says, remedy }: StorageProblem, role: string): ProblemException {
  const detail = `${says} ${remedyFor({ code, remedy }, role)}`;
  return REFUSALS[code].retryable
    ? comeAgain(code, detail, STORAGE_RETRY_SECONDS)
    : new ProblemException(code, detail);
}
