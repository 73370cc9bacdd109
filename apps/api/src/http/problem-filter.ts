import type { Problem } from '@boardwalk/contracts';
import { FlashError, ImageError } from '@boardwalk/flash';
import { ProbeError } from '@boardwalk/debug';
import { RecordsError, storageProblemOf, type RecordsErrorCode } from '@boardwalk/records';
import { StationError } from '@boardwalk/station';
import {
  Catch,
  HttpException,
  NotFoundException,
  type ArgumentsHost,
  type ExceptionFilter,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { STATUS_CODES } from 'node:http';
import type { Logger } from 'pino';
import { methodsAt } from '../routes/route-rules.ts';
import type { ProblemCode } from '../routes/refuses.ts';
import { ProblemException, storageRefusal } from '../problems/problems.ts';

/** Every error that leaves the REST side, as RFC 9457 problem+json. A person never sees a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const storage = storageProblemOf(cause);
    if (storage) {
      this.log.error({ err: cause }, storage.says);
      return this.#send(storageRefusal(storage), http.getRequest<Request>(), http.getResponse<Response>());
    }
    this.#send(
      asMethod(cause, http.getRequest<Request>()),
      http.getRequest<Request>(),
      http.getResponse<Response>(),
    );
  }

  #send(cause: unknown, request: Request, response: Response): void {
    const problem = problemOf(cause, request.originalUrl);
    if (problem.status === 500) this.log.error({ err: cause }, problem.detail);
    if (response.headersSent) return;
    if (cause instanceof ProblemException) response.set(cause.headers);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** RFC 9110 §15.5.6: where the path is known and the method is not, the answer says which are. */
function asMethod(cause: unknown, { method, path }: Request): unknown {
  if (!(cause instanceof NotFoundException)) return cause;
  const methods = methodsAt(path);
  if (methods.length === 0) return cause;
  const detail = `${method} is not taken at this address; it takes ${methods.join(', ')}.`;
  const headers = { Allow: methods.join(', ') };
  return new ProblemException(405, 'method-not-allowed', detail, undefined, false, headers);
}

/** Any error as a problem. */
export function problemOf(cause: unknown, instance: string): Problem {
  if (cause instanceof ProblemException) {
    return problem(cause.getStatus(), cause.code, cause.message, instance, cause.retryable, cause.errors);
  }
  if (cause instanceof ImageError) {
    const detail = `${cause.message} ${cause.remedy}`;
    const errors = cause.argument === null ? undefined : [{ pointer: `/${cause.argument}`, detail }];
    return problem(400, cause.code, detail, instance, false, errors);
  }
  if (cause instanceof FlashError)
    return problem(409, cause.code, `${cause.message} ${cause.remedy}`, instance);
  if (cause instanceof StationError)
    return problem(409, cause.code, `${cause.message} ${cause.remedy}`, instance, true);
  if (cause instanceof ProbeError)
    return problem(409, cause.code, `${cause.message} ${cause.remedy}`, instance, true);
  const refusal = cause instanceof RecordsError ? RECORDS[cause.code] : undefined;
  if (cause instanceof RecordsError && refusal)
    return problem(refusal[0], refusal[1], `${cause.message} ${cause.remedy}`, instance);
  const status = statusOf(cause);
  const code = CODES[status] ?? (status < 500 ? 'refused' : 'internal');
  const detail =
    DETAILS[status] ?? (status < 500 ? (cause as Error).message : 'The station failed; see its log.');
  return problem(status, code, detail, instance, status >= 500);
}

/** What the register of accounts refuses a request. */
const RECORDS: Readonly<Partial<Record<RecordsErrorCode, readonly [number, ProblemCode]>>> = {
  'records.no_account': [404, 'not-found'],
  'records.open': [409, 'wrong-state'],
  'records.account_exists': [409, 'account-exists'],
  'records.account_revoked': [409, 'account-revoked'],
  'records.badge_taken': [409, 'badge-taken'],
  'records.badge_refused': [409, 'badge-refused'],
  'records.last_admin': [409, 'last-admin'],
};

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  404: 'not-found',
  413: 'too-large',
  415: 'wrong-type',
};
const DETAILS: Readonly<Record<number, string>> = {
  404: 'There is nothing at this address.',
};

/** Nest's exceptions and body-parser's errors both carry a status. */
function statusOf(cause: unknown): number {
  if (cause instanceof HttpException) return cause.getStatus();
  const status =
    (cause as { status?: unknown; statusCode?: unknown } | null)?.status ??
    (cause as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function problem(
  status: number,
  code: string,
  detail: string,
  instance: string,
  retryable = false,
  errors?: Problem['errors'],
): Problem {
  const type = `urn:boardwalk:problem:${code}`;
  const title = STATUS_CODES[status] ?? 'Error';
  return { type, title, status, detail, instance, code, retryable, ...(errors ? { errors } : {}) };
}
