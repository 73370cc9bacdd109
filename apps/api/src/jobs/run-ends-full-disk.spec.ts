import { jest } from '@jest/globals';
import { openToRead, verifyDatabase } from '@boardwalk/records';
import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { pino } from 'pino';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { canMount, SmallDisk } from '../testing/small-disk.ts';
import { RunEnds } from './run-ends.ts';
import type { Claim } from './claims.ts';
import { emptyResult } from './run-ledger.ts';

jest.setTimeout(60_000);

const onSmallDisk = canMount() ? describe : describe.skip;

onSmallDisk('a run passed, and the disk is full', () => {
  let disk: SmallDisk;
  let bench: LedgerBench;
  let ends: RunEnds;
  let claim: Claim;
  /** The end, once its first try was refused. */
  let end: { readonly stored: Promise<void> };

  beforeEach(async () => {
    disk = new SmallDisk(8);
    bench = await new LedgerBench({}, join(disk.folder, 'ledger')).open();
    await bench.range({ name: 'sn', source: 'counter', format: { prefix: 'S', width: 4 } });
    const patch = { address: '0x0800fc00', encoding: 'ascii', bytes: 8, from: 'range', range: 'sn' } as const;
    await bench.recipe({ name: 'app', patches: [patch] });
    await bench.post({ recipe: { name: 'app' }, units: [{ slot: '1' }] });
    claim = (await bench.claim('1'))!;
    await bench.verified(claim);
    disk.fill();
    let heard!: () => void;
    const refused = new Promise<void>((resolve) => (heard = resolve));
    ends = new RunEnds(bench.ledger, bench.storage, pino({}, { write: heard }));
    const passed = { ...emptyResult(new Date().toISOString()), outcome: 'PASS' as const, reason: null };
    end = { stored: ends.store(claim, passed) };
    end.stored.catch(() => undefined);
    await refused;
  });
  afterEach(async () => {
    ends.close();
    await bench.close();
    disk.remove();
  });

  /** The run as REST, /live, the file's reader and the serial's owner see it. */
  async function shown() {
    const file = new Sqlite(bench.file, { readonly: true });
    const logged = file.prepare('SELECT "outcome" FROM board_log').pluck().all();
    const serials = file.prepare('SELECT "state" FROM "Serial"').pluck().all();
    file.close();
    const events = await bench.events.after(0, 1000);
    const told = events.flatMap(({ type, data }) => (type === 'run.completed' ? [data.outcome] : []));
    const { outcome } = await bench.runs.get(claim.runId);
    const { counts } = await bench.jobs.get(claim.unit.jobId);
    return { rest: outcome, passed: counts.passed, told, logged, serials };
  }

  test('nothing says PASS before its end is stored, and it is stored once there is space', async () => {
    expect(bench.storage.problems).toMatchObject([{ code: 'disk-full' }]);
    expect(await shown()).toEqual({ rest: null, passed: 0, told: [], logged: [null], serials: ['reserved'] });
    disk.free();
    await end.stored;
    expect(await shown()).toEqual({
      ...{ rest: 'PASS', passed: 1, told: ['PASS'], logged: ['PASS'], serials: ['committed'] },
    });
    const file = openToRead(bench.file);
    expect(verifyDatabase(file).ok).toBe(true);
    file.close();
  });

  test('what a station that is killed then leaves is ERROR: interrupted, its serial never given again', async () => {
    ends.close();
    await expect(end.stored).rejects.toThrow();
    await bench.database.$disconnect();
    disk.free();
    bench = new LedgerBench({}, join(disk.folder, 'ledger'));
    expect(await bench.ledger.recover()).toBe(1);
    expect(await shown()).toMatchObject({ rest: 'ERROR', passed: 0, told: ['ERROR'], serials: ['voided'] });
    expect((await bench.runs.get(claim.runId)).reason).toBe('interrupted');
  });
});
