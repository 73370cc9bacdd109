import { jest } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import { pino } from 'pino';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { RunEnds } from './run-ends.ts';
import type { Claim } from './claims.ts';
import { emptyResult } from './run-ledger.ts';

jest.setTimeout(30_000);

let bench: LedgerBench;
let ends: RunEnds;
let claim: Claim;
/** Another program, which takes the database for itself. */
let other: Sqlite.Database;

beforeEach(async () => {
  bench = await new LedgerBench().open();
  ends = endsWith();
  await bench.post({ image: bench.image, units: [{ slot: '1', serial: 'SN1' }, { slot: '1' }] });
  claim = (await bench.claim('1'))!;
  await bench.verified(claim);
  other = new Sqlite(bench.file);
});
afterEach(async () => {
  ends.close();
  other.close();
  await bench.close();
});

const endsWith = (pauses?: { first: number; longest: number }) =>
  new RunEnds(bench.ledger, bench.storage, pino({}, { write: () => heard() }), pauses);
const passed = () => ({ ...emptyResult(new Date().toISOString()), outcome: 'PASS' as const, reason: null });
const runNow = () => bench.database.run.findUniqueOrThrow({ where: { id: claim.runId } });
const stored = () => other.prepare('SELECT "outcome" FROM "Run" WHERE "id" = ?').pluck().get(claim.runId);

/** Called with each line of the log: an end that waits says so. */
let heard: () => void = () => undefined;
const waits = () => new Promise<void>((resolve) => (heard = resolve));

test('a PASS that the storage refuses is kept, and stored as soon as the storage is ready again', async () => {
  // So long that nothing but the storage's own word ends it.
  ends = endsWith({ first: 3_600_000, longest: 3_600_000 });
  other.exec('BEGIN IMMEDIATE');
  const refused = waits();
  const end = ends.store(claim, passed());
  await refused;
  expect(bench.storage.problems).toMatchObject([{ code: 'database-locked' }]);
  expect(stored()).toBeNull();
  other.exec('ROLLBACK');
  await bench.storage.look();
  await end;
  expect(await runNow()).toMatchObject({ outcome: 'PASS', reason: null });
  expect((await bench.claim('1'))?.unit.jobId).toBe(claim.unit.jobId);
});

test('it is tried again by itself too, where nothing says that the storage is ready', async () => {
  other.exec('BEGIN IMMEDIATE');
  const refused = waits();
  const end = ends.store(claim, passed());
  await refused;
  other.exec('ROLLBACK');
  await end;
  expect((await runNow()).outcome).toBe('PASS');
});

test('when the station closes it gives up, and the next start names the run interrupted', async () => {
  other.exec('BEGIN IMMEDIATE');
  const refused = waits();
  const end = ends.store(claim, passed());
  await refused;
  ends.close();
  await expect(end).rejects.toMatchObject({ code: expect.stringMatching(/^P/) as string });
  other.exec('ROLLBACK');
  expect(await bench.ledger.recover()).toBe(1);
  expect(await runNow()).toMatchObject({ outcome: 'ERROR', reason: 'interrupted' });
});

test('what another run’s lease refuses is not tried again', async () => {
  await bench.ledger.recover();
  await expect(ends.store(claim, passed())).rejects.toMatchObject({ code: 'station.lease_lost' });
  expect((await runNow()).reason).toBe('interrupted');
  expect(bench.storage.ready).toBe(true);
});
