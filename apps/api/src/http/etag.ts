import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { ProblemException } from './problems.ts';

/** A strong entity tag (RFC 9110 §8.8.3) of what is shown. */
export function etagOf(shown: unknown): string {
  return `"${createHash('sha256').update(canonicalJson(shown)).digest('base64url').slice(0, 22)}"`;
}

/** Tags the answer; Express answers 304 by itself to an `If-None-Match` that names it. */
export function tagged<Shown>(response: Response, shown: Shown): Shown {
  response.setHeader('ETag', etagOf(shown));
  return shown;
}

/** `If-Match` of a change: it is made only to what the client has seen. @throws ProblemException 412 */
export function matching(request: Request): (current: unknown) => void {
  const header = request.get('if-match');
  return (current) => {
    if (header === undefined || header.trim() === '*') return;
    const tags = header.split(',').map((tag) => tag.trim());
    if (tags.includes(etagOf(current))) return;
    throw new ProblemException(
      412,
      'changed-meanwhile',
      'What If-Match names is not what is here now; get it again, then decide.',
    );
  };
}
