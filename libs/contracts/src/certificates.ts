import { z } from 'zod';
import { BoardBy } from './boards.ts';
import { CERTIFICATE_EXAMPLE } from './certificate-example.ts';
import { Assessment } from './identity.ts';
import { Hex32, Sha256, Timestamp } from './primitives.ts';
import { Signature } from './recipes.ts';
import { Outcome, VerifyProof, WrittenPatch } from './runs.ts';

/** The bytes that a signature is over, in words that a verifier of another maker can follow. */
export const CERTIFICATE_BYTES =
  'the member "certificate" as canonical JSON (RFC 8785, JCS), in UTF-8 without a byte order mark';

const text = z.string();
const maybe = z.string().nullable();

/** The record of a board: the run that passed last. */
export const CertificateBody = z
  .object({
    version: z.literal(1),
    says: text.meta({ description: 'what the certificate states, in one sentence' }),
    issuedAt: Timestamp,
    station: z.object({ id: text, name: text, version: text, bench: text }),
    board: z.object({
      ...{ number: z.int(), serial: maybe, uid: maybe, deviceId: Hex32.nullable(), dpidr: Hex32.nullable() },
      reference: maybe,
    }),
    run: z.object({
      ...{ id: text, sequence: z.int().nullable(), startedAt: Timestamp, finishedAt: Timestamp.nullable() },
      ...{ outcome: Outcome, attempt: z.int().nullable(), slot: text, operator: maybe, jobId: text },
      ...{ workOrder: maybe, lot: maybe, supplier: maybe, virtual: z.boolean(), stationVersion: text },
    }),
    image: z.object({ sha256: Sha256, fileSha256: Sha256.nullable(), name: maybe }),
    recipe: z.object({ name: text, revision: z.int(), author: maybe, signatures: z.array(Signature) }),
    verify: VerifyProof,
    dumpBeforeSha256: Sha256.nullable(),
    dumpAfterSha256: Sha256.nullable(),
    patches: z.array(WrittenPatch),
    assessment: Assessment.nullable().meta({
      description: 'verdict with evidence; null: no identity was read',
    }),
    record: z.object({
      generation: maybe,
      runEnd: z
        .object({ id: z.int(), hash: Sha256 })
        .nullable()
        .meta({ description: 'the row of the chain that says how the run ended' }),
      head: z.object({ id: z.int(), hash: Sha256 }).meta({ description: 'the last row when it was issued' }),
    }),
  })
  .meta({ id: 'CertificateBody', examples: [CERTIFICATE_EXAMPLE] });
export type CertificateBody = z.infer<typeof CertificateBody>;

/** The public part of the key that a station signs with. */
export const StationKey = z
  .object({
    algorithm: z.literal('Ed25519'),
    id: Sha256.meta({ description: 'SHA-256 of the public key (DER of SubjectPublicKeyInfo)' }),
    publicKey: z.string().meta({ description: 'PEM (SubjectPublicKeyInfo, RFC 8410)' }),
  })
  .meta({ id: 'StationKey' });
export type StationKey = z.infer<typeof StationKey>;

/** A board's certificate with the station's signature. */
export const Certificate = z
  .object({
    certificate: CertificateBody,
    signature: StationKey.extend({
      over: z.literal(CERTIFICATE_BYTES).meta({ description: 'the bytes that were signed' }),
      sha256: Sha256.meta({ description: 'of the bytes that were signed' }),
      value: z.string().meta({ description: 'base64' }),
    }),
  })
  .meta({ id: 'Certificate' });
export type Certificate = z.infer<typeof Certificate>;

/** `format=html`: the page for people, as clients get it that accept `text/html`. */
/** What a certificate is answered as; the first is what a client gets who does not mind. */
export const CERTIFICATE_FORMATS = ['json', 'html'] as const;
export const CertificateQuery = BoardBy.extend({ format: z.enum(CERTIFICATE_FORMATS).optional() });
