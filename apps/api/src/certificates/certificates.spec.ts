import { jest } from '@jest/globals';
import type { Certificate, Problem, StationKey, VerifyProof } from '@boardwalk/contracts';
import { checkCertificate, publicKeyOf } from '@boardwalk/records';
import { mkdtempSync, readdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emptyResult } from '../jobs/run-ledger.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(180_000);

const chip = (index: number): string => `066fff48535188508717${index.toString(16).padStart(4, '0')}`;
const PROOF: VerifyProof = {
  method: 'readback',
  ranges: [{ address: '0x08000000', bytes: 512, sha256: 'ab'.repeat(32) }],
  sampledPages: 0,
};

let station: OpenedStation;
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-certificates-'));
  await history(folder);
  station = await new OpenedStation(folder, { BOARDWALK_TIME_ZONE: 'Europe/Berlin' }).open();
});
afterAll(() => station.remove());

/** SN1 passed, SN2 passed and failed later, SN3 passed and was aborted later, SN4 passed without a kept proof. */
async function history(folder: string): Promise<void> {
  const bench = await new LedgerBench({}, folder).open();
  await bench.recipe({ name: 'app' });
  await bench.order({ id: 'WO-7', recipe: { name: 'app' }, quantity: 50, lot: 'B7', supplier: 'Mouser' });
  const run = async (index: number, outcome: 'PASS' | 'FAIL' | 'ABORTED', proof = true) => {
    await bench.post({
      workOrder: 'WO-7',
      units: [{ slot: '1', serial: `SN${index}`, again: 'The test says so.' }],
    });
    const claim = (await bench.claim('1', chip(index)))!;
    await bench.identified(claim, chip(index));
    if (outcome !== 'PASS' || !proof) return bench.end(claim, outcome);
    await bench.verified(claim);
    const result = emptyResult(new Date().toISOString());
    return bench.ledger.finish(claim, { ...result, outcome, verify: PROOF });
  };
  await run(1, 'PASS');
  for (const [index, last] of [
    [2, 'FAIL'],
    [3, 'ABORTED'],
  ] as const) {
    await run(index, 'PASS');
    await run(index, last);
  }
  await run(4, 'PASS', false);
  await bench.database.close();
}

const certificateOf = (id: string) => station.json<Certificate>('GET', `/boards/${id}/certificate`);

test('the certificate of a board that passed says what was done, and its signature is that of the station', async () => {
  const certificate = await certificateOf('SN1');
  const key = await station.json<StationKey>('GET', '/station/key');
  expect(checkCertificate(certificate, publicKeyOf(key.publicKey))).toMatchObject({
    ok: true,
    keyKnown: true,
  });
  expect(certificate.certificate).toMatchObject({
    board: { serial: 'SN1', uid: chip(1) },
    run: { outcome: 'PASS', workOrder: 'WO-7', lot: 'B7', supplier: 'Mouser', virtual: true },
    recipe: { name: 'app', revision: 1 },
    verify: { method: 'readback' },
    assessment: { verdict: 'consistent' },
  });
  expect(certificate.certificate.says).toContain('The bench was virtual');
});

test('the hash of the chain is that of the row that says how the run ended', async () => {
  const { run, record } = (await certificateOf('SN1')).certificate;
  expect(
    station.rows(
      `SELECT "id", "hash" FROM "Event" WHERE "subject" = 'run/${run.id}' AND "type" = 'run.completed'`,
    ),
  ).toEqual([record.runEnd]);
  expect(station.rows(`SELECT "hash" FROM "Event" WHERE "id" = ${record.head.id}`)).toEqual([
    { hash: record.head.hash },
  ]);
});

test('a board is named by its serial, its unique id or its number', async () => {
  const { board } = (await certificateOf('SN1')).certificate;
  for (const id of [chip(1), `${board.number}?by=number`]) {
    const [path, query = ''] = id.split('?');
    const answer = await station.json<Certificate>('GET', `/boards/${path}/certificate?${query}`);
    expect(answer.certificate.board).toEqual(board);
  }
});

test.each([
  ['SN2', 'ended with FAIL'],
  ['SN3', 'ended with ABORTED'],
  ['SN4', 'does not say how'],
])('a board of which the flash is not certain has no certificate: %s', async (id, says) => {
  const answer = await station.call('GET', `/api/v1/boards/${id}/certificate`);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({
    code: 'wrong-state',
    detail: expect.stringContaining(says) as string,
  });
});

test('a board at work has none, because what is in its flash is not known yet', async () => {
  station.execute(`UPDATE "Run" SET "outcome" = NULL WHERE "serial" = 'SN1'`);
  const answer = await station.call('GET', '/api/v1/boards/SN1/certificate');
  station.execute(`UPDATE "Run" SET "outcome" = 'PASS' WHERE "serial" = 'SN1'`);
  expect(answer.status).toBe(409);
  expect(((await answer.json()) as Problem).detail).toContain('is at work in run_');
});

test('a board that is not known is not found', async () => {
  const answer = await station.call('GET', '/api/v1/boards/SN99/certificate');
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([404, 'not-found']);
});

test('who accepts HTML gets one page to print, in the time of the plant, that loads and runs nothing', async () => {
  const page = await station.call('GET', '/api/v1/boards/SN1/certificate', undefined, {
    headers: { accept: 'text/html' },
  });
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const html = await page.text();
  expect(html).toContain('Certificate of board SN1');
  expect(html).toContain('Europe/Berlin');
  const asked = await station.call('GET', '/api/v1/boards/SN1/certificate?format=html');
  expect(asked.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('the private key is for this user alone, and no answer and no backup has it', async () => {
  expect(statSync(join(station.data, 'station-key.pem')).mode & 0o777).toBe(0o600);
  expect(readdirSync(station.data)).toContain('station-key.pem');
  expect(JSON.stringify(await station.json('GET', '/station/key'))).not.toContain('PRIVATE');
});
