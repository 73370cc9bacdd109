import { openToRead, verifyDatabase } from '../file/chain-file.ts';
import { StationFile } from '../testing/station-file.ts';
import { COVERED_TABLES, NOT_RELIED_ON } from './covered-tables.ts';
import { recorded } from './recorded.ts';
import { RowSealing, STEP_DIGESTS, STEP_ROWS } from './sealing.ts';
import { settleSome } from './settle.ts';

let file: StationFile;
beforeEach(() => (file = new StationFile()));
afterEach(() => file.remove());

/** All steps, each with so short a time that it does the least. */
function seal(sealing = new RowSealing()): number {
  let steps = 1;
  while (!sealing.step(file.database, 0)) steps += 1;
  return steps;
}

function addJob(id: string, units = 1): void {
  file.database.exec(
    `INSERT INTO "Job" ("id", "state", "recipeName", "recipeRevision", "image", "priority", "createdAt")
    VALUES ('${id}', 'queued', 'app', 1, 'ab', 0, '2026-01-01T00:00:00.000Z')`,
  );
  for (let unit = 0; unit < units; unit += 1)
    file.database.exec(`INSERT INTO "JobUnit" ("jobId", "state") VALUES ('${id}', 'queued')`);
}

const verify = () => {
  const database = openToRead(file.path);
  try {
    return verifyDatabase(database);
  } finally {
    database.close();
  }
};

test('every table is covered, or named as one that nothing relies on', () => {
  const tables = file.database
    .prepare(`SELECT "name" FROM sqlite_schema WHERE "type" = 'table'`)
    .pluck()
    .all();
  const decided = new Set([...COVERED_TABLES.map(({ table }) => table), ...Object.keys(NOT_RELIED_ON)]);
  expect(tables.filter((name) => !decided.has(String(name)))).toEqual([]);
  expect(COVERED_TABLES.filter(({ table }) => !tables.includes(table))).toEqual([]);
});

test('older rows are sealed by one event, in steps, and the chain tells of each change from then on', () => {
  for (let index = 0; index < 120; index += 1) addJob(`job_${String(index).padStart(3, '0')}`);
  expect(seal()).toBeGreaterThan(5);
  recorded(file.database, () => addJob('job_new', 3));
  recorded(file.database, () =>
    file.database.exec(`UPDATE "Job" SET "state" = 'held' WHERE "id" = 'job_007'`),
  );
  recorded(file.database, () => file.database.exec(`DELETE FROM "JobUnit" WHERE "jobId" = 'job_new'`));
  const report = verify();
  expect(report.problems).toEqual([]);
  expect(report.rowsCovered?.sealed).toMatchObject({ event: 1 });
  const types = file.database.prepare('SELECT "type" FROM "Event" ORDER BY "id"').pluck().all();
  expect(types).toEqual(['record.sealed', 'record.rows', 'record.rows', 'record.rows']);
});

test('a sealing that was cut short goes on, and rows that were changed meanwhile are sealed as they are then', () => {
  for (let index = 0; index < 120; index += 1) addJob(`job_${String(index).padStart(3, '0')}`);
  const cut = new RowSealing();
  for (let step = 0; step < 4; step += 1) cut.step(file.database, 0);
  recorded(file.database, () =>
    file.database.exec(`UPDATE "Job" SET "priority" = 9 WHERE "id" IN ('job_000', 'job_119')`),
  );
  recorded(file.database, () => addJob('job_new', 2));
  recorded(file.database, () => file.database.exec(`DELETE FROM "JobUnit" WHERE "id" IN (1, 120)`));
  seal();
  expect(verify().problems).toEqual([]);
  file.tamper(`UPDATE "Job" SET "priority" = 8 WHERE "id" = 'job_119'`);
  expect(verify().problems).toEqual([
    expect.stringMatching(
      /^Row 1 states job job_119 \(table Job\) otherwise: another program has changed it\.$/,
    ),
  ]);
});

test('digests that were made in parts are one row of the chain, and go with a transaction that is taken back', () => {
  addJob('job_old', 4);
  seal();
  recorded(file.database, () => {
    addJob('job_new', 25);
    let parts = 0;
    while (settleSome(file.database, 10)) parts += 1;
    expect(parts).toBe(2);
  });
  const undone = (): void =>
    recorded(file.database, () => {
      file.database.exec(`UPDATE "JobUnit" SET "state" = 'done'`);
      settleSome(file.database, 10);
      throw new Error('taken back');
    });
  expect(undone).toThrow('taken back');
  recorded(file.database, () =>
    file.database.exec(`UPDATE "Job" SET "state" = 'held' WHERE "id" = 'job_old'`),
  );
  expect(verify().problems).toEqual([]);
  const rows = file.database.prepare(`SELECT "data" FROM "Event" WHERE "type" = 'record.rows' ORDER BY "id"`);
  const changes = rows
    .pluck()
    .all()
    .map((data) => JSON.parse(String(data)) as Record<string, object>);
  const counts = changes.map((change) =>
    Object.entries(change).map(([name, keys]) => [name, Object.keys(keys).length]),
  );
  expect(counts).toEqual([
    [
      ['Job', 1],
      ['JobUnit', 25],
    ],
    [['Job', 1]],
  ]);
});

test('a step of the sealing does bounded work on any machine, and least where it is slow', () => {
  for (let index = 0; index < 3; index += 1) addJob(`job_${index}`, 1500);
  const work = (now: () => number) => {
    const sealing = new RowSealing(now);
    const sealed = file.database.prepare('SELECT count(*) FROM "Sealed"').pluck();
    const steps: { looked: number; added: number }[] = [];
    for (let before = 0, over = false; !over; before = Number(sealed.get())) {
      over = sealing.step(file.database, 5);
      steps.push({ looked: sealing.looked, added: Number(sealed.get()) - before });
    }
    return steps;
  };
  // A clock that stands still: the bound is of rows alone.
  const fast = work(() => 0);
  expect(Math.max(...fast.map(({ added }) => added))).toBe(STEP_ROWS);
  expect(Math.max(...fast.map(({ looked }) => looked))).toBe(STEP_DIGESTS);
  expect(verify().problems).toEqual([]);

  file.remove();
  file = new StationFile();
  addJob('job_0', 1500);
  let time = 0;
  const slow = work(() => (time += 10));
  expect(Math.max(...slow.map(({ added }) => added))).toBe(STEP_ROWS / 10);
  expect(Math.max(...slow.map(({ looked }) => looked))).toBe(STEP_DIGESTS / 10);
  expect(verify().problems).toEqual([]);
});

test('a last step that could not be stored is done again', () => {
  addJob('job_0', 3);
  const sealing = new RowSealing();
  while (!file.database.prepare('SELECT min("done") FROM "Sealing"').pluck().get())
    sealing.step(file.database, 5);
  file.database.exec(
    `CREATE TEMP TRIGGER "full" BEFORE INSERT ON main."Event" BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  expect(() => sealing.step(file.database, 5)).toThrow('full');
  file.database.exec('DROP TRIGGER "full"');
  expect(sealing.step(file.database, 5)).toBe(true);
  expect(verify().problems).toEqual([]);
});

test('a change is taken back with its digest', () => {
  seal();
  expect(() =>
    recorded(file.database, () => {
      addJob('job_x');
      throw new Error('no');
    }),
  ).toThrow('no');
  recorded(file.database, () => addJob('job_y'));
  expect(verify().problems).toEqual([]);
});

test('what another program changed is not made good by the station’s next change of the same row', () => {
  seal();
  recorded(file.database, () => addJob('job_a'));
  // With the triggers in place, and without.
  for (const forge of [(sql: string) => file.database.exec(sql), (sql: string) => file.tamper(sql)]) {
    forge(`UPDATE "Job" SET "recipeName" = 'other' WHERE "id" = 'job_a'`);
    recorded(file.database, () =>
      file.database.exec(`UPDATE "Job" SET "state" = 'running' WHERE "id" = 'job_a'`),
    );
    expect(verify().problems[0]).toMatch(
      /found that job job_a \(table Job\) was changed after event 2, by another/,
    );
    recorded(file.database, () => file.database.exec(`DELETE FROM "JobUnit"; DELETE FROM "Job"`));
  }
  const foreign = file.database.prepare(`SELECT "data" FROM "Event" WHERE "type" = 'record.foreign'`).pluck();
  expect(foreign.all()).toEqual(['{"count":1,"rows":{"Job":["job_a"]}}']);
});

test('a column that a later version adds leaves the digests valid, and is covered', () => {
  seal();
  recorded(file.database, () => addJob('job_a'));
  file.database.exec(`ALTER TABLE "Job" ADD COLUMN "colour" TEXT DEFAULT 'grey'`);
  const rows = () => verify().problems.filter((says) => says.startsWith('Row'));
  expect(rows()).toEqual([]);
  file.tamper(`UPDATE "Job" SET "colour" = 'red'`);
  expect(rows()).toHaveLength(1);
});
