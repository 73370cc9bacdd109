import { CERTIFICATE_EXAMPLE, CertificateBody } from '@boardwalk/contracts';
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkCertificate, publicKeyOf } from './check-certificate.ts';
import { signCertificate } from './sign-certificate.ts';
import { KEY_FILE, readStationKey, stationKey } from './station-key.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'boardwalk-key-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, KEY_FILE);
const madeCertificate = (): CertificateBody => CertificateBody.parse(structuredClone(CERTIFICATE_EXAMPLE));
/** A signed certificate as its file says it. */
const signed = () =>
  JSON.parse(JSON.stringify(signCertificate(madeCertificate(), stationKey(folder)))) as Signed;
interface Signed {
  certificate: CertificateBody;
  signature: Record<string, string>;
}
const trusted = () => publicKeyOf(stationKey(folder).shown.publicKey);

test('the key is made once, for this user alone, and it is the same at each start', () => {
  const made = stationKey(folder).shown;
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual([KEY_FILE]);
  expect(stationKey(folder).shown).toEqual(made);
  expect(readStationKey(folder)!.shown).toEqual(made);
  expect(made.publicKey).not.toContain('PRIVATE');
});

test('a folder without a key has none to read, and a file that is no key is kept aside', () => {
  expect(readStationKey(folder)).toBeNull();
  writeFileSync(file(), 'torn');
  expect(readStationKey(folder)).toBeNull();
  const { shown } = stationKey(folder);
  const aside = readdirSync(folder).filter((name) => name !== KEY_FILE);
  expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['torn']);
  expect(readStationKey(folder)!.shown).toEqual(shown);
});

test('a key of another kind is not taken', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file(), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  expect(readStationKey(folder)).toBeNull();
});

test('a certificate that was not changed is valid, also with its members in another order', () => {
  const certificate = signed();
  const { signature, certificate: body } = certificate;
  const turned = { signature, certificate: Object.fromEntries(Object.entries(body).reverse()) };
  for (const one of [certificate, turned])
    expect(checkCertificate(one, trusted())).toMatchObject({
      ...{ ok: true, problem: null, keyKnown: true, keyId: stationKey(folder).shown.id },
      sha256: signature['sha256'],
    });
});

test('the signature is plain Ed25519 over the canonical bytes, as any other program checks it', () => {
  // RFC 8785 by hand: the same text with the keys of each object in order.
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(entries.map(([key, member]) => [key, sorted(member)]));
  };
  const { certificate, signature } = signed();
  const bytes = Buffer.from(JSON.stringify(sorted(certificate)));
  const key = createPublicKey(signature['publicKey']!);
  expect(verify(null, bytes, key, Buffer.from(signature['value']!, 'base64'))).toBe(true);
});

/** Every path to a value in a certificate. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, member]) => pathsOf(member, [...path, key]));
}
const other = (value: unknown): unknown =>
  typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}0`;

test('whatever value of a certificate is changed, it is not valid any more', () => {
  const paths = pathsOf(signed());
  expect(paths.length).toBeGreaterThan(50);
  for (const path of paths) {
    const changed = signed();
    let place = changed as unknown as Record<string, unknown>;
    for (const key of path.slice(0, -1)) place = place[key] as Record<string, unknown>;
    const last = path.at(-1)!;
    place[last] = other(place[last]);
    expect([path.join('.'), checkCertificate(changed, trusted()).ok]).toEqual([path.join('.'), false]);
  }
});

test('a member that is added or taken away is a change too', () => {
  const added = signed();
  (added.certificate.board as Record<string, unknown>)['note'] = 'checked';
  expect(checkCertificate(added, trusted()).problem).toContain('was changed after the station signed it');
  const without = signed();
  delete (without.certificate.run as Record<string, unknown>)['lot'];
  expect(checkCertificate(without, trusted()).ok).toBe(false);
});

test('a certificate that somebody signed with a key of his own is refused where the station’s key is known', () => {
  const forged = signCertificate(madeCertificate(), stationKey(mkdtempSync(join(folder, 'other-'))));
  expect(checkCertificate(forged, trusted())).toMatchObject({
    ...{ ok: false, keyKnown: false, problem: 'it was signed with another key than that of the station' },
  });
  expect(checkCertificate(forged, null)).toMatchObject({ ok: true, keyKnown: null });
});

test('a file that is no certificate is named as such', () => {
  for (const none of [null, 7, [], {}, { certificate: {}, signature: {} }])
    expect(checkCertificate(none, null).problem).toMatch(/^it is no certificate of a board: /);
});

test('only a public Ed25519 key is taken as one', () => {
  const key = stationKey(folder);
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({
    type: 'spki',
    format: 'pem',
  });
  for (const none of ['', 'x', rsa.toString(), readFileSync(file(), 'utf8')])
    expect(publicKeyOf(none)).toBeNull();
  expect(publicKeyOf(key.shown.publicKey)).not.toBeNull();
});

test('the key file is PKCS #8, which other programs read', () => {
  stationKey(folder);
  expect(createPrivateKey(readFileSync(file())).asymmetricKeyType).toBe('ed25519');
});
