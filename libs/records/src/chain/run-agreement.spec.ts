import { StationFile } from '../testing/station-file.ts';
import { headOf } from './append.ts';
import { verifyDatabase } from '../file/chain-file.ts';

let file: StationFile;
beforeEach(() => {
  file = new StationFile();
  addRun('run_A', 'FAIL', null);
  addRun('run_B', 'PASS', { method: 'digest' });
});
afterEach(() => file.remove());

/** A row of the table, and its end in the chain where it has ended. */
function addRun(id: string, outcome: string | null, verify: { readonly method: string } | null): void {
  const said = {
    id,
    slot: '1',
    jobId: 'job_1',
    workOrder: null,
    operator: 'olga',
    imageSha256: 'ab',
    outcome,
  };
  const rest = { reason: null, serial: `sn-${id}`, dumpBeforeSha256: null, dumpAfterSha256: 'cd' };
  const shown = { ...said, ...rest, probeSerial: null, startedAt: 't1', finishedAt: 't2' };
  const row = {
    ...{ ...shown, portPath: '1-1', recipeName: 'a', recipeRevision: 1, station: 's', stationVersion: '0' },
    ...{ virtual: 1, verifyMethod: verify?.method ?? null },
  };
  const names = Object.keys(row);
  const columns = names.map((name) => `"${name}"`).join();
  const values = names.map((name) => `@${name}`).join();
  file.database.prepare(`INSERT INTO "Run" (${columns}) VALUES (${values})`).run(row);
  if (outcome !== null)
    file.fill(1, { type: 'run.completed', subject: `run/${id}`, data: { ...shown, verify } });
}

const firstBad = () => verifyDatabase(file.database).firstBad;

test('runs that are as their ends in the chain say are whole, and one that has not ended is no stranger', () => {
  addRun('run_C', null, null);
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true, firstBad: null });
});

test.each([
  [`SET "outcome" = 'PASS' WHERE "id" = 'run_A'`, 1, /^states another outcome of run run_A than/],
  [`SET "serial" = 'sn-other' WHERE "id" = 'run_B'`, 2, /^states another serial of run run_B than/],
  [`SET "dumpAfterSha256" = NULL WHERE "id" = 'run_B'`, 2, /^states another dumpAfterSha256 of run run_B/],
  [`SET "verifyMethod" = 'readback' WHERE "id" = 'run_B'`, 2, /^states another verifyMethod of run run_B/],
  [`SET "verifyMethod" = 'digest' WHERE "id" = 'run_A'`, 1, /^states another verifyMethod of run run_A/],
  [`SET "outcome" = NULL WHERE "id" = 'run_A'`, 1, /^ends run run_A, which the table of runs does not show/],
  [`SET "id" = 'run_C' WHERE "id" = 'run_A'`, 1, /^ends run run_A, which the table of runs does not show/],
])('a row of the table of runs that was changed by %s is found', (change, id, says) => {
  file.database.exec(`UPDATE "Run" ${change}`);
  expect(firstBad()).toEqual({ id, says: expect.stringMatching(says) as string });
});

test('a run that was put in is found, and one that was deleted', () => {
  addRun('run_X', null, null);
  file.database.exec(`UPDATE "Run" SET "outcome" = 'PASS' WHERE "id" = 'run_X'`);
  expect(firstBad()).toEqual({
    id: headOf(file.database).id,
    says: 'is the last, and none ends run run_X, which the table of runs shows as PASS',
  });
  file.database.exec(`DELETE FROM "Run" WHERE "id" IN ('run_B', 'run_X')`);
  expect(firstBad()).toMatchObject({ id: 2, says: expect.stringMatching(/^ends run run_B/) as string });
});
