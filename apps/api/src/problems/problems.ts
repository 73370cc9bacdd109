import {
  REFUSALS,
  said,
  type Params,
  type Problem,
  type RefusalCode,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';
import type { StorageProblem } from '@boardwalk/records';
import { HttpException } from '@nestjs/common';

/** The parts of a problem besides its sentence. */
export interface ProblemDetails {
  readonly errors?: Problem['errors'];
  /** Sent with the answer, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** A refusal of a request; its status and whether it may be sent again are those of its row in the table. */
export class ProblemException<const Key extends SentenceKey = SentenceKey> extends HttpException {
  readonly code: RefusalCode;
  readonly retryable: boolean;
  readonly errors: Problem['errors'];
  readonly headers: Readonly<Record<string, string>>;
  readonly params: Params;
  readonly remedy: string | null;

  constructor(key: Key, values: ValuesOf<Key>, { errors, headers = {}, cause }: ProblemDetails = {}) {
    const { code, message, remedy, params } = said(key, values);
    super(message, REFUSALS[code].status ?? 500, { cause });
    this.code = code;
    this.retryable = REFUSALS[code].retryable;
    this.errors = errors;
    this.headers = headers;
    this.params = params;
    this.remedy = remedy;
  }
}

export const refused = <const Key extends SentenceKey>(
  key: Key,
  values: ValuesOf<Key>,
): ProblemException<Key> => new ProblemException(key, values);

type InvalidKey = Extract<SentenceKey, `invalid:${string}`>;

/** One field of the request is wrong. */
export function invalid<const Key extends InvalidKey>(
  key: Key,
  values: ValuesOf<Key>,
  pointer: string,
): ProblemException<Key> {
  const { message, remedy } = said(key, values);
  const detail = remedy === null ? message : `${message} ${remedy}`;
  return new ProblemException(key, values, { errors: [{ pointer, detail }] });
}

/** Nothing is wrong with the request: it comes too early. */
export const comeAgain = <const Key extends SentenceKey>(
  key: Key,
  values: ValuesOf<Key>,
  seconds: number,
  cause?: unknown,
): ProblemException<Key> =>
  new ProblemException(key, values, { headers: { 'Retry-After': String(seconds) }, cause });

const STORAGE_RETRY_SECONDS = 5;

/** The records cannot be written: nothing was stored. */
export function storageRefusal({ code }: StorageProblem): ProblemException {
  return REFUSALS[code].retryable
    ? comeAgain(code, {}, STORAGE_RETRY_SECONDS)
    : new ProblemException(code, {});
}
