import { createHash } from 'node:crypto';
import { invalid } from './problems.ts';

/** A client's key and what it was sent with (draft-ietf-httpapi-idempotency-key-header). */
export interface IdempotentRequest {
  readonly key: string;
  readonly fingerprint: string;
}

/**
 * Reads the header, quoted as the draft has it or bare as others send it. The body is the validated one, whose keys
 * stand in the schema's order, so that spelling differences of the same request do not count.
 */
export function idempotentRequest(
  header: string | undefined,
  path: string,
  body: unknown,
): IdempotentRequest | null {
  if (header === undefined) return null;
  const key =
    /^"((?:[^"\\]|\\["\\])*)"$/.exec(header.trim())?.[1]?.replace(/\\(["\\])/g, '$1') ?? header.trim();
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    throw invalid('Idempotency-Key takes 1 to 255 printable characters.', '');
  const fingerprint = createHash('sha256')
    .update(`POST ${path}\n${JSON.stringify(body)}`)
    .digest('hex');
  return { key, fingerprint };
}
