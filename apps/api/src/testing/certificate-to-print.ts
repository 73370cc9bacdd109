import { CERTIFICATE_EXAMPLE, CertificateBody, type Certificate } from '@boardwalk/contracts';
import { stationKey, signCertificate } from '@boardwalk/records';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate that a station of its own signed. */
export function certificateToPrint(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-print-'));
  try {
    return signCertificate(CertificateBody.parse(structuredClone(CERTIFICATE_EXAMPLE)), stationKey(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
