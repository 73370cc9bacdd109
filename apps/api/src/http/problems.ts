import type { Problem } from '@boardwalk/contracts';
import type { StorageProblem } from '@boardwalk/records';
import { HttpException } from '@nestjs/common';

/** A refusal with everything that problem+json says. */
export class ProblemException extends HttpException {
  constructor(
    status: number,
    readonly code: string,
    detail: string,
    readonly errors?: Problem['errors'],
    readonly retryable = false,
    /** What the answer carries beside its body, such as Retry-After. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail, status);
  }
}

export const notFound = (what: string): ProblemException =>
  new ProblemException(404, 'not-found', `There is no ${what}.`);
export const conflict = (code: string, detail: string): ProblemException =>
  new ProblemException(409, code, detail);
export const invalid = (detail: string, pointer: string): ProblemException =>
  new ProblemException(400, 'invalid', detail, [{ pointer, detail }]);

const RETRY_SECONDS = '5';

/** The records cannot be written: nothing was stored, and the same request may come again. */
export const storageRefusal = ({ code, says, remedy }: StorageProblem): ProblemException =>
  new ProblemException(503, code, `${says} ${remedy}`, undefined, true, { 'Retry-After': RETRY_SECONDS });
