import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import { ProblemException } from './problems.ts';

const OPEN_PATHS = new Set(['/healthz', '/readyz']);

/** Compares without telling by its time how much was right. */
export function isToken(given: string, token: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/** `Authorization: Bearer …` on all but the health routes. */
export class TokenGuard implements CanActivate {
  constructor(private readonly token: string) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (OPEN_PATHS.has(request.path)) return true;
    const given = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (given !== undefined && isToken(given, this.token)) return true;
    throw new ProblemException(
      401,
      'unauthorized',
      'Send the station’s token as "Authorization: Bearer …"; it lies in the data folder.',
    );
  }
}
