import type { NextFunction, Request, Response } from 'express';
import { Accounts, START_TOKEN_ACTOR, type Identified } from '../accounts/accounts.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { ANY_ROLE, NEW_WORK, OPEN, rolesThatMay, type RouteRule } from '../accounts/permissions.ts';
import { patternOf, ruleOf } from '../routes/route-rules.ts';
import { ProblemException, storageRefusal } from '../problems/problems.ts';
import { StorageWatch } from '../status/storage-watch.ts';

/** The one door: who asks, by the token, and whether that caller may use this route, by the table of rules. */
export class FrontDoor {
  readonly #known = new WeakMap<Request, Identified>();

  constructor(
    private readonly accounts: Accounts,
    private readonly failures: FailureLimit,
    private readonly storage: StorageWatch,
  ) {}

  /** Before any body is read: a caller that may not is refused by the head of the request alone. */
  readonly middleware = (request: Request, _response: Response, next: NextFunction): void => {
    const pattern = patternOf(request.method, request.baseUrl + request.path);
    // Nothing is at this address: it is answered as such, and its body is not read either.
    if (pattern === null) return next();
    this.admit(request, ruleOf(request.method, pattern)).then(() => next(), next);
  };

  /** @returns the caller; null where anyone may. @throws ProblemException 401, 403, 429 or 503 */
  async admit(request: Request, rule: RouteRule): Promise<Identified | null> {
    if (rule === OPEN) return null;
    const caller = this.#known.get(request) ?? (await this.#identify(request));
    this.#known.set(request, caller);
    if (rule === ANY_ROLE) return caller;
    if (!caller.may.includes(rule)) throw forbidden(caller, rule);
    if (NEW_WORK.has(rule)) this.#requireStorage();
    return caller;
  }

  /** New work that could not be recorded does not begin. @throws ProblemException 503 */
  #requireStorage(): void {
    const [problem] = this.storage.problems;
    if (problem) throw storageRefusal(problem);
  }

  async #identify(request: Request): Promise<Identified> {
    const token = bearerOf(request.headers.authorization);
    const caller = token === undefined ? null : this.accounts.byToken(token);
    if (caller) return caller;
    // A request without a token guesses nothing.
    if (token !== undefined) await this.failures.failed(request.ip);
    throw unauthorized(token === undefined ? 'unauthorized:no-token' : 'unauthorized');
  }
}

function forbidden(
  { actor, role }: Identified,
  rule: Exclude<RouteRule, 'open' | 'any-role'>,
): ProblemException {
  const roles = rolesThatMay(rule).join(' or ');
  return actor === START_TOKEN_ACTOR
    ? new ProblemException('forbidden:start-token', { roles })
    : new ProblemException('forbidden', { actor, role, roles });
}

type UnauthorizedKey =
  'unauthorized' | 'unauthorized:no-token' | 'unauthorized:badge' | 'unauthorized:password';

/** RFC 9110, section 11.6.1: a 401 says how to come in. */
export function unauthorized(key: UnauthorizedKey): ProblemException {
  const headers = { 'WWW-Authenticate': 'Bearer realm="boardwalk"' };
  return new ProblemException(key, {}, { headers });
}
