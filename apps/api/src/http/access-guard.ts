import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Accounts, type Identified } from '../accounts/accounts.ts';
import { bearerOf } from '../accounts/bearer.ts';
import { FailureLimit } from '../accounts/failure-limit.ts';
import { ROLE_MAY, rolesThatMay } from '../accounts/permissions.ts';
import { ANY_ROLE, NEW_WORK, OPEN, ruleOf } from '../accounts/route-rules.ts';
import { StorageWatch } from '../station/storage-watch.ts';
import { nameCaller } from '../events/caller.ts';
import { ProblemException, storageRefusal } from '../problems/problems.ts';

/** The one door: who asks, by the token, and whether that role may use this route, by the table. */
export class AccessGuard implements CanActivate {
  constructor(
    private readonly accounts: Accounts,
    private readonly failures: FailureLimit,
    private readonly storage: StorageWatch,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    const { path } = request.route as { path: string };
    const rule = ruleOf(request.method, path);
    if (rule === OPEN) return true;
    const caller = await this.#identify(request);
    nameCaller(caller.actor, caller.role);
    if (rule === ANY_ROLE) return true;
    if (ROLE_MAY[caller.role].includes(rule)) {
      if (NEW_WORK.has(rule)) this.#requireStorage();
      return true;
    }
    throw new ProblemException(
      403,
      'forbidden',
      `An account with role ${caller.role} may not do this; it takes ${rolesThatMay(rule).join(' or ')}.`,
    );
  }

  /** What could not be recorded is not begun. @throws ProblemException 503 */
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
    throw unauthorized(
      token === undefined
        ? 'Send a token as "Authorization: Bearer …": the station’s lies in the data folder, an account’s is given by an admin.'
        : 'This token does not hold: it is unknown, expired or revoked.',
    );
  }
}

/** RFC 9110, section 11.6.1: a 401 says how to come in. */
export function unauthorized(detail: string): ProblemException {
  const headers = { 'WWW-Authenticate': 'Bearer realm="boardwalk"' };
  return new ProblemException(401, 'unauthorized', detail, undefined, false, headers);
}
