import { jest } from '@jest/globals';
import { CERTIFICATE_EXAMPLE, CertificateBody } from '@boardwalk/contracts';
import { signCertificate, stationKey } from '@boardwalk/records';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../main.ts';

let folder: string;
let file: string;
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-certificate-verb-'));
  for (const name of ['station', 'other', 'empty']) mkdirSync(at(name));
  file = at('SN7.json');
  const body = CertificateBody.parse(structuredClone(CERTIFICATE_EXAMPLE));
  writeFileSync(file, JSON.stringify(signCertificate(body, stationKey(at('station'))), null, 2));
  writeFileSync(at('station.pub.pem'), stationKey(at('station')).shown.publicKey);
  writeFileSync(at('other.pub.pem'), stationKey(at('other')).shown.publicKey);
  writeFileSync(at('changed.json'), readFileSync(file, 'utf8').replace('"SN7"', '"SN8"'));
  writeFileSync(at('torn.json'), readFileSync(file, 'utf8').slice(0, 200));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a command prints at a data folder, and its exit code. */
async function said(data: string, ...argv: string[]): Promise<{ code: number; out: string; error: string }> {
  process.env['BOARDWALK_DATA'] = at(data);
  const spoken = { out: '', error: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    jest.spyOn(process[name], 'write').mockImplementation((text) => {
      spoken[name === 'stdout' ? 'out' : 'error'] += String(text);
      return true;
    }),
  );
  try {
    return { code: await main(argv), ...spoken };
  } finally {
    for (const spy of spies) spy.mockRestore();
    delete process.env['BOARDWALK_DATA'];
  }
}
const verify = (data: string, ...rest: string[]) => said(data, 'certificate', 'verify', ...rest);

test('a certificate is checked offline, by the key that is named or that of the data folder', async () => {
  for (const [data, ...key] of [['empty', '--key', at('station.pub.pem')], ['station']] as const) {
    const { code, out, error } = await verify(data, file, ...key);
    expect([code, error]).toEqual([0, '']);
    expect(out).toContain('VALID: ');
    expect(out).toContain(stationKey(at('station')).shown.id);
  }
});

test('without a key to compare it is said that the key was not compared', async () => {
  const { code, error } = await verify('empty', file);
  expect([code, error]).toEqual([0, expect.stringContaining('The key was not compared.')]);
});

test('a certificate that was changed, or that another key signed, is not valid', async () => {
  expect(await verify('empty', at('changed.json'))).toMatchObject({
    ...{ code: 1, out: expect.stringContaining('was changed after the station signed it') as string },
  });
  for (const [data, ...key] of [['empty', '--key', at('other.pub.pem')], ['other']] as const)
    expect(await verify(data, file, ...key)).toMatchObject({
      ...{ code: 1, out: expect.stringContaining('signed with another key') as string },
    });
});

test('with --json the check is one document', async () => {
  const { out } = await verify('station', file, '--json');
  expect(JSON.parse(out)).toMatchObject({
    ok: true,
    keyKnown: true,
    certificate: { board: { serial: 'SN7' } },
  });
});

test('a file that is not there, is torn, or has no key is wrong usage', async () => {
  for (const argv of [[at('none.json')], [at('torn.json')], [file, '--key', file]])
    expect([argv, (await verify('empty', ...argv)).code]).toEqual([argv, 3]);
});

test('the public key of the data folder is exported, and a folder without one says so', async () => {
  const { code, out } = await said('station', 'certificate', 'key');
  expect([code, out]).toEqual([0, readFileSync(at('station.pub.pem'), 'utf8')]);
  await said('station', 'certificate', 'key', '--out', at('out.pem'));
  expect(readFileSync(at('out.pem'), 'utf8')).toBe(out);
  expect(await said('empty', 'certificate', 'key')).toMatchObject({
    ...{ code: 3, error: expect.stringContaining('has no key of a station') as string },
  });
});
