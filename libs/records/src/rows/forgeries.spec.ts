import { jest } from '@jest/globals';
import { verifyDatabase } from '../file/chain-file.ts';
import {
  columnForgeries,
  RECORD_FORGERIES,
  rowForgeries,
  SCHEMA_FORGERIES,
  type Forgery,
} from '../testing/forgeries.ts';
import { columnsOf, fillTables } from '../testing/made-up-rows.ts';
import { StationFile } from '../testing/station-file.ts';
import { COVERED_TABLES } from './covered-tables.ts';
import { recorded } from './recorded.ts';
import { RowSealing } from './sealing.ts';
import { coveredIn } from './triggers.ts';

jest.setTimeout(300_000);

/** Rows 1 and 2 of every table are older than the digests, row 3 is not, row 4 was changed after it was written. */
const file = new StationFile();
file.database.pragma('synchronous = OFF');
file.database.pragma('foreign_keys = OFF');
const tables = coveredIn(file.database);
file.database.transaction(() => fillTables(file.database, tables, 1, 2))();
const sealing = new RowSealing();
while (!sealing.step(file.database, 100));
recorded(file.database, () => fillTables(file.database, tables, 3, 4));
recorded(file.database, () => {
  for (const { table } of tables)
    for (const { name } of columnsOf(file.database, table)
      .filter(({ pk, type }) => pk === 0 && type === 'TEXT')
      .slice(0, 1))
      file.database.exec(`UPDATE "${table}" SET "${name}" = "${name}" WHERE "rowid" = 4`);
  file.database.exec(`UPDATE "Run" SET "reason" = 'later' WHERE "id" = 'id-4'`);
});
afterAll(() => file.remove());

/** How a forger makes changes of each sort: rows with the triggers in place, and their notes wiped out. */
type Hand = (sql: string) => void;
const withTriggers: Hand = (sql) => file.database.exec(`${sql}; DELETE FROM "Touched"`);
const withoutTriggers: Hand = (sql) => file.tamper(sql);
const asItIs: Hand = (sql) => file.database.exec(sql);

/** Everything that the check says of the file after a forgery, which is then taken back. */
function saidOf({ sql }: Forgery, hand: Hand): readonly string[] {
  const { database } = file;
  database.unsafeMode(true);
  try {
    database.exec('BEGIN');
    hand(sql);
    return verifyDatabase(database).problems;
  } finally {
    database.exec('ROLLBACK');
    database.unsafeMode(false);
  }
}

function missed(forgeries: readonly Forgery[], hand: Hand): string[] {
  return forgeries.flatMap((forgery) => {
    const problems = saidOf(forgery, hand);
    return problems.some((says) => forgery.says.test(says))
      ? []
      : [`${forgery.title}: ${problems.join(' ') || 'WHOLE'}`];
  });
}

test('the file is whole before anything is forged, and after each forgery was taken back', () => {
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true, problems: [], rowsCovered: { found: 0 } });
  expect(file.database.pragma('integrity_check', { simple: true })).toBe('ok');
});

test.each(COVERED_TABLES.map(({ table }) => table))(
  'every forgery of a row of %s is found and named',
  (table) => {
    const covered = COVERED_TABLES.find((one) => one.table === table)!;
    const columns = columnsOf(file.database, table).length;
    // Each in a row of another history, in turn.
    const histories = [1, 3, 4].map((index) => columnForgeries(file.database, covered, index));
    const forgeries = histories[0]!.map((_, at) => histories[at % histories.length]![at]!);
    if (table !== 'BadgeSalt') expect(forgeries.length).toBeGreaterThanOrEqual(columns);
    expect(missed([...forgeries, ...rowForgeries(file.database, covered)], withTriggers)).toEqual([]);
  },
);

test('every forgery of the schema is found and named', () => {
  expect(missed(SCHEMA_FORGERIES, asItIs)).toEqual([]);
});

test('every forgery of the chain, of what was sealed and of SQLite’s numbers is found', () => {
  expect(missed(RECORD_FORGERIES, withoutTriggers)).toEqual([]);
});

test('after all forgeries the file is as it was', () => {
  expect(verifyDatabase(file.database).problems).toEqual([]);
});
