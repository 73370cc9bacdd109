import { REFUSALS, refusalOf, said, toldTo, type Problem, type RefusalCode } from '@boardwalk/contracts';
import { storageProblemOf } from '@boardwalk/records';
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
import { callerNow } from '../events/caller.ts';
import { methodsAt } from '../routes/route-rules.ts';
import { ProblemException, storageRefusal } from '../problems/problems.ts';

/** Every error that leaves the REST side, as RFC 9457 problem+json. A person never sees a stack. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Logger) {}

  catch(cause: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const storage = storageProblemOf(cause);
    if (!storage) return this.#send(asMethod(cause, request), request, response);
    this.log.error({ err: cause }, storage.says);
    this.#send(storageRefusal(storage), request, response);
  }

  #send(cause: unknown, request: Request, response: Response): void {
    const problem = problemOf(cause, request.originalUrl, callerNow().role);
    if (problem.status === 500) this.log.error({ err: cause }, problem.detail);
    if (response.headersSent) return;
    if (cause instanceof ProblemException) response.set(cause.headers);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  }
}

/** RFC 9110 §15.5.6: where the path is known and the method is not, the answer says which are. */
function asMethod(cause: unknown, { method, path }: Request): unknown {
  if (!(cause instanceof NotFoundException)) return cause;
  const methods = methodsAt(path).join(', ');
  if (methods === '') return cause;
  return new ProblemException('method-not-allowed', { method, methods }, { headers: { Allow: methods } });
}

/** Any error as a problem, with the next step for somebody of this role. */
export function problemOf(cause: unknown, instance: string, role: string): Problem {
  const refusal = refusalOf(cause);
  if (!refusal) return ofFramework(cause, instance);
  const { status, answeredAs } = REFUSALS[refusal.code];
  if (status === null) return ofFramework(cause, instance);
  const detail = toldTo(refusal, role);
  const errors = errorsOf(cause) ?? pointed(refusal.params['pointer'], detail);
  const { params } = refusal;
  return problem((answeredAs ?? refusal.code) as RefusalCode, detail, instance, { status, errors, params });
}

function errorsOf(cause: unknown): Problem['errors'] {
  return cause instanceof ProblemException ? cause.errors : undefined;
}

function pointed(pointer: string | number | undefined, detail: string): Problem['errors'] {
  return pointer === undefined ? undefined : [{ pointer: String(pointer), detail }];
}

/** Errors of Nest and of the body parsers have a status and no code; all others are the station's own. */
function ofFramework(cause: unknown, instance: string): Problem {
  const status = statusOf(cause);
  const code = CODES[status] ?? (status < 500 ? 'refused' : 'internal');
  const sentence = status === 404 ? 'not-found:address' : status < 500 ? null : 'internal';
  const detail = sentence === null ? (cause as Error).message : toldTo(said(sentence, {}), ENGINEER);
  return problem(code, detail, instance, { status });
}

const CODES: Readonly<Record<number, RefusalCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not-found',
  413: 'too-large',
  415: 'wrong-type',
};
/** Errors outside the table are for the people who work on the program that sent the request. */
const ENGINEER = 'engineer';

/** Nest's exceptions and body-parser's errors both carry a status. */
function statusOf(cause: unknown): number {
  if (cause instanceof HttpException) return cause.getStatus();
  const status =
    (cause as { status?: unknown; statusCode?: unknown } | null)?.status ??
    (cause as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500;
}

function problem(
  code: RefusalCode,
  detail: string,
  instance: string,
  { status, errors, params }: Pick<Problem, 'status' | 'errors' | 'params'>,
): Problem {
  const type = `urn:boardwalk:problem:${code}`;
  const title = STATUS_CODES[status] ?? 'Error';
  const { retryable } = REFUSALS[code];
  return {
    ...{ type, title, status, detail, instance, code, retryable },
    ...(errors ? { errors } : {}),
    ...(params && Object.keys(params).length > 0 ? { params } : {}),
  };
}
