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
/** Nothing is wrong with the request: it comes too early. */
export const comeAgain = (
  status: 409 | 429 | 503,
  code: string,
  detail: string,
  seconds: number,
): ProblemException =>
  new ProblemException(status, code, detail, undefined, true, { 'Retry-After': String(seconds) });

const STORAGE_RETRY_SECONDS = 5;

/**
 * The records cannot be written: nothing was stored. The same request may come again, but for a damaged file, which
 * stays so until the station is opened on a backup.
 */
export const storageRefusal = ({ code, says, remedy }: StorageProblem): ProblemException =>
  code === 'database-damaged'
    ? new ProblemException(503, code, `${says} ${remedy}`)
    : comeAgain(503, code, `${says} ${remedy}`, STORAGE_RETRY_SECONDS);
