import { createHash } from 'node:crypto';
import { canonicalParts } from '@boardwalk/records';
import { ProblemException } from '../problems/problems.ts';
import { Turns } from '../clock/turns.ts';

/** A client's key and what it was sent with (draft-ietf-httpapi-idempotency-key-header-07). */
export interface IdempotentRequest {
  /** Each caller has keys of its own, so nobody can take another's; without one they are the station's. */
  readonly caller?: string;
  readonly key: string;
  /** Of the request and its caller. */
  readonly fingerprint: string;
}

/** The fields that the fingerprint covers: the same key with any of these changed is another request. */
export interface FingerprintedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly caller: string;
}

/** A structured-field string (RFC 8941 §3.3.3): quoted, printable ASCII, `\"` and `\\` escaped. */
const QUOTED = /^"((?:[\x20\x21\x23-\x5b\x5d-\x7e]|\\["\\])*)"$/;
/** Bare, as most clients send it. */
const BARE = /^[\x21\x23-\x7e][\x21-\x7e]*$/;
const LONGEST = 255;

/** Reads the header, quoted as the draft has it or bare. @throws ProblemException 400 */
export async function idempotentRequest(
  header: string | undefined,
  request: FingerprintedRequest,
): Promise<IdempotentRequest | null> {
  if (header === undefined) return null;
  const text = header.trim();
  const key = QUOTED.exec(text)?.[1]?.replace(/\\(["\\])/g, '$1') ?? BARE.exec(text)?.[0] ?? '';
  if (key === '' || key.length > LONGEST) {
    throw new ProblemException('idempotency-key-invalid', { longest: LONGEST });
  }
  return { caller: request.caller, key, fingerprint: await fingerprintOf(request) };
}

async function fingerprintOf({ method, path, body, caller }: FingerprintedRequest): Promise<string> {
  const turns = new Turns();
  const hash = createHash('sha256').update(`${method}\n${path}\n${caller}\n`);
  for (const part of canonicalParts(body ?? null)) {
    hash.update(part);
    await turns.next();
  }
  return hash.digest('hex');
}

/** A caller's key as one text: a key has no blank character but the space, and an account's name has none at all. */
export function scopedKey({ caller = '', key }: Pick<IdempotentRequest, 'caller' | 'key'>): string {
  return `${caller}\n${key}`;
}
