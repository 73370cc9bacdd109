import { CERTIFICATE_BYTES, type Certificate, type CertificateBody } from '@boardwalk/contracts';
import { createHash, sign } from 'node:crypto';
import { canonicalJson } from '../chain/canonical-json.ts';
import type { SigningKey } from './station-key.ts';

/** The bytes that a signature is over. */
export function certificateBytes(body: unknown): Buffer {
  return Buffer.from(canonicalJson(body), 'utf8');
}

/** A certificate with the station's signature. The same body has the same signature each time. */
export function signCertificate(body: CertificateBody, { privateKey, shown }: SigningKey): Certificate {
  const bytes = certificateBytes(body);
  return {
    certificate: body,
    signature: {
      ...shown,
      over: CERTIFICATE_BYTES,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      value: sign(null, bytes, privateKey).toString('base64'),
    },
  };
}
