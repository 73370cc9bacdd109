import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { nameCaller } from '../events/caller.ts';
import { ProblemException } from './problems.ts';

const OPEN_PATHS = new Set(['/healthz', '/readyz']);

/** The station's bearer token. */
export class StationToken {
  readonly #digest: Buffer;

  constructor(token: string) {
    this.#digest = digestOf(token);
  }

  /** Compares without telling by its time how much was right. */
  is(given: string): boolean {
    return timingSafeEqual(digestOf(given), this.#digest);
  }
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** `Authorization: Bearer …` on all but the health routes. */
export class TokenGuard implements CanActivate {
  constructor(private readonly token: StationToken) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN_PATHS.has(request.path)) return true;
    const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && this.token.is(given)) {
      nameCaller('start-token', 'admin');
      return true;
    }
    throw new ProblemException(
      401,
      'unauthorized',
      'Send the station’s token as "Authorization: Bearer …"; it lies in the data folder.',
    );
  }
}
