import { Certificate, CertificateBody } from '@boardwalk/contracts';
import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { certificateBytes } from './sign-certificate.ts';
import { shownKey } from './station-key.ts';

/** The result of a check of a certificate. */
export interface CertificateCheck {
  readonly ok: boolean;
  /** Why it is not valid; null: it is. */
  readonly problem: string | null;
  /** Of the key in the file. */
  readonly keyId: string | null;
  /** The key in the file is the trusted one; null: none was given. */
  readonly keyKnown: boolean | null;
  /** Of the bytes that were signed, as the printed page shows it. */
  readonly sha256: string | null;
  readonly certificate: CertificateBody | null;
}

/**
 * Checks a certificate without a station: its form, its signature over the canonical bytes of what the file says, and
 * that its key is the one that is trusted.
 * @param file what the file says, as JSON
 * @param trusted the station's public key, from elsewhere than the file; null: none is at hand
 */
export function checkCertificate(file: unknown, trusted: KeyObject | null): CertificateCheck {
  const parsed = Certificate.safeParse(file);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return failed(`it is no certificate of a board: ${path.join('.') || 'the file'}: ${message}`);
  }
  const { signature, certificate } = parsed.data;
  const key = publicKeyOf(signature.publicKey);
  if (key === null) return failed('its public key is no Ed25519 key');
  // The bytes are those of the file, also of members that this version does not know.
  const bytes = certificateBytes((file as { certificate: unknown }).certificate);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const { id: keyId, publicKey } = shownKey(key);
  const keyKnown = trusted === null ? null : shownKey(trusted).id === keyId;
  const value = Buffer.from(signature.value, 'base64');
  // One text for each key and each signature: otherwise the file could be changed without a trace.
  const exact = publicKey === signature.publicKey && value.toString('base64') === signature.value;
  const fits = exact && verify(null, bytes, key, value);
  const problem = problemOf(signature, { sha256, keyId, keyKnown }, fits);
  return { ok: problem === null, problem, keyId, keyKnown, sha256, certificate };
}

type Found = Pick<CertificateCheck, 'sha256' | 'keyId' | 'keyKnown'>;

function problemOf(signature: Certificate['signature'], found: Found, fits: boolean): string | null {
  if (!fits) return 'its signature does not fit: the file was changed after the station signed it';
  if (signature.sha256 !== found.sha256) return 'the SHA-256 that it states is not that of its content';
  if (signature.id !== found.keyId) return 'the id of the key that it states is not that of its key';
  if (found.keyKnown === false) return 'it was signed with another key than that of the station';
  return null;
}

/** @returns null for anything but an Ed25519 key in PEM */
export function publicKeyOf(pem: string): KeyObject | null {
  try {
    // A private key has a public part too; it must not be taken for one.
    if (!pem.includes('BEGIN PUBLIC KEY')) return null;
    const key = createPublicKey(pem);
    return key.asymmetricKeyType === 'ed25519' ? key : null;
  } catch {
    return null;
  }
}

function failed(problem: string): CertificateCheck {
  return { ok: false, problem, keyId: null, keyKnown: null, sha256: null, certificate: null };
}
