import type { NextFunction, Request, Response } from 'express';
import { asCaller } from '../events/caller.ts';

/** Why a change is made, for the record: any request may say so. Percent-encoded where it is not plain ASCII. */
export const REASON_HEADER = 'boardwalk-reason';
const LONGEST_REASON = 500;

/** Opens the request's place in the record; the guard names the caller in it. Goes after the body parsers. */
export function readCaller(request: Request, _response: Response, next: NextFunction): void {
  asCaller({ actor: 'nobody', role: 'none', reason: reasonOf(request.get(REASON_HEADER)) }, next);
}

function reasonOf(header: string | undefined): string | null {
  const text = decoded(header ?? '')
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  return text === '' ? null : text.slice(0, LONGEST_REASON);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
