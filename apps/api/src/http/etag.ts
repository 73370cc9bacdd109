import type { Request, Response } from 'express';
import { createHash } from 'node:crypto';
import { canonicalJson } from '@boardwalk/records';
import { ProblemException } from '../problems/problems.ts';

/** A strong entity tag (RFC 9110 §8.8.3) of what is shown. */
export function etagOf(shown: unknown): string {
  return `"${createHash('sha256').update(canonicalJson(shown)).digest('base64url').slice(0, 22)}"`;
}

/**
 * Tags the answer; a GET or HEAD whose `If-None-Match` names the tag is answered 304. Express would do so too, but not for
 * clients on `fetch`, which say `Cache-Control: no-cache` too.
 */
export function tagged<Shown>(response: Response, shown: Shown): Shown {
  const etag = etagOf(shown);
  response.setHeader('ETag', etag);
  const known = isRead(response.req.method) ? response.req.get('if-none-match') : undefined;
  if (known !== undefined && tagsOf(known).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag))
    response.status(304);
  return shown;
}

/** `If-Match` of a change: it is made only to what the client has seen. @throws ProblemException 412 */
export function matching(request: Request): (current: unknown) => void {
  const header = request.get('if-match');
  return (current) => {
    if (header === undefined || header.trim() === '*') return;
    if (tagsOf(header).includes(etagOf(current))) return;
    throw new ProblemException('changed-meanwhile', {});
  };
}

const isRead = (method: string): boolean => method === 'GET' || method === 'HEAD';

function tagsOf(header: string): string[] {
  return header.split(',').map((tag) => tag.trim());
}
