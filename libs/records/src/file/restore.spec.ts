import Sqlite from 'better-sqlite3';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { AccountRegister } from '../accounts/account-register.ts';
import { openToRead, verifyDatabase } from './chain-file.ts';
import { generationOf, openGeneration } from './generation.ts';
import { recorded } from '../rows/recorded.ts';
import { RowSealing } from '../rows/sealing.ts';
import { insertRow, madeUpRow } from '../testing/made-up-rows.ts';
import { StationFile } from '../testing/station-file.ts';
import { backUp, type RecordsFolder } from './backup.ts';
import { inspectBackup, restore } from './restore.ts';
import { SECRET_FILE } from './station-secret.ts';

const AUTHOR = { actor: 'host:test', role: 'host', reason: 'a test' };
const AT = new Date('2026-11-21T10:00:00.000Z');

let file: StationFile;
let records: RecordsFolder;
let target: string;
beforeEach(() => {
  file = new StationFile();
  file.database.pragma('foreign_keys = OFF');
  records = { folder: file.folder, databaseFile: file.path, images: join(file.folder, 'images') };
  mkdirSync(records.images);
  target = join(file.folder, 'night.boardwalk');
  file.fill(1);
  const sealing = new RowSealing();
  while (!sealing.step(file.database, 100));
});
afterEach(() => file.remove());

function add(table: string, index: number, change: Record<string, string | number | null> = {}): void {
  recorded(file.database, () =>
    insertRow(file.database, table, { ...madeUpRow(file.database, table, index), ...change }),
  );
}

const change = (sql: string) => recorded(file.database, () => file.database.exec(sql));

function restored<Row>(sql: string): Row[] {
  const database = new Sqlite(file.path, { readonly: true });
  try {
    return database.prepare(sql).all() as Row[];
  } finally {
    database.close();
  }
}

function putBack() {
  file.database.close();
  const report = restore(target, records, AUTHOR, AT);
  const database = openToRead(file.path);
  try {
    expect(verifyDatabase(database).problems).toEqual([]);
  } finally {
    database.close();
  }
  return report;
}

test('positions of ranges, serials and what became of them are as they were before the restore', () => {
  add('SerialRange', 1, { name: 'sn', next: 5, first: 1, last: 99 });
  add('Serial', 1, { value: 'A-4', range: 'sn', position: 4, state: 'reserved' });
  backUp(records, target);
  change(`UPDATE "Serial" SET "state" = 'committed', "uid" = '0xaa' WHERE "value" = 'A-4'`);
  add('Serial', 2, { value: 'A-5', range: 'sn', position: 5, state: 'committed', uid: '0xbb' });
  add('Serial', 3, { value: 'A-6', range: 'sn', position: 6, state: 'reserved', uid: null });
  change(`UPDATE "SerialRange" SET "next" = 7 WHERE "name" = 'sn'`);
  add('SerialRange', 2, { name: 'new', next: 3 });
  const { carried, relation } = putBack();
  expect(relation).toBe('continues');
  expect(carried).toMatchObject({ ranges: { sn: 7, new: 3 }, serials: 3 });
  expect(restored('SELECT "value", "state", "uid", "reason" FROM "Serial" ORDER BY "value"')).toEqual([
    { value: 'A-4', state: 'committed', uid: '0xaa', reason: 'reason-1' },
    { value: 'A-5', state: 'committed', uid: '0xbb', reason: 'reason-2' },
    { value: 'A-6', state: 'voided', uid: null, reason: 'restored' },
  ]);
});

test('boards keep their numbers, chips, serials and places in an order', () => {
  add('WorkOrder', 1, { id: 'WO', passed: 1 });
  add('Board', 1, { number: 1, uid: '0xaa', serial: 'S1', state: 'free' });
  add('OrderBoard', 1, { workOrder: 'WO', board: 1, lastOutcome: 'FAIL', counts: 1 });
  backUp(records, target);
  add('Board', 2, { number: 2, uid: '0xbb', serial: 'S2', state: 'free', lastSequence: 4000 });
  add('BoardSerial', 2, { serial: 'S2', board: 2, current: 1 });
  add('OrderBoard', 2, { workOrder: 'WO', board: 2, lastOutcome: 'PASS', counts: 1 });
  change(`UPDATE "OrderBoard" SET "lastOutcome" = 'PASS' WHERE "board" = 1`);
  change(`UPDATE "Board" SET "state" = 'held', "heldReason" = 'quality' WHERE "number" = 1`);
  add('Board', 3, { number: 3, uid: null, serial: null, state: 'free' });
  change(`DELETE FROM "Board" WHERE "number" = 3`);
  expect(putBack().carried).toMatchObject({ boards: 1, boardSerials: 1, orderBoards: 2 });
  const place = restored<{ id: number }>(`SELECT "id" FROM "Event" WHERE "type" = 'station.restored'`)[0]!.id;
  expect(
    restored('SELECT "number", "uid", "serial", "state", "runs", "lastSequence" FROM "Board"'),
  ).toMatchObject([
    { number: 1, state: 'held' },
    { number: 2, uid: '0xbb', serial: 'S2', runs: 0, lastSequence: place },
  ]);
  expect(restored('SELECT "passed" FROM "WorkOrder"')).toEqual([{ passed: 2 }]);
  expect(restored(`SELECT "seq" FROM "sqlite_sequence" WHERE "name" = 'Board'`)).toEqual([{ seq: 3 }]);
});

test('what was revoked stays revoked, a changed password is gone, and nobody gains a right', () => {
  const register = new AccountRegister(file.database);
  for (const name of ['anna', 'bert', 'carl', 'dora'])
    register.add({ name, role: 'admin', passwordHash: `hash of ${name}` }, AUTHOR);
  const old = register.addToken('anna', null, AUTHOR);
  backUp(records, target);
  register.endTokens('anna', AUTHOR);
  register.revoke('bert', AUTHOR);
  register.change('carl', { role: 'operator' }, AUTHOR);
  register.change('dora', { passwordHash: 'another' }, AUTHOR);
  register.addWithToken({ name: 'eve', role: 'admin' }, null, AUTHOR);
  expect(putBack().carried).toMatchObject({ accounts: ['bert', 'carl', 'dora'], tokens: 1 });
  const database = new Sqlite(file.path);
  const after = new AccountRegister(database);
  expect(after.byToken(old)).toBeNull();
  expect(
    after.list().map(({ name, role, revokedAt, password }) => [name, role, revokedAt !== null, password]),
  ).toEqual([
    ['anna', 'admin', false, true],
    ['bert', 'admin', true, false],
    ['carl', 'operator', false, true],
    ['dora', 'admin', false, false],
  ]);
  database.close();
});

test('a repeated request after the restore finds its key, and a fence never goes back', () => {
  backUp(records, target);
  insertRow(file.database, 'IdempotencyKey', { ...madeUpRow(file.database, 'IdempotencyKey', 1), key: 'k1' });
  insertRow(file.database, 'Lease', { slot: '1', fence: 41, runId: 'run_x' });
  expect(putBack().carried).toMatchObject({ idempotencyKeys: 1 });
  expect(restored('SELECT "key" FROM "IdempotencyKey"')).toEqual([{ key: 'k1' }]);
  expect(restored('SELECT "slot", "fence", "runId" FROM "Lease"')).toEqual([
    { slot: '1', fence: 41, runId: '' },
  ]);
});

test('an older restore of the same record: serials of both lives stay given', () => {
  add('SerialRange', 1, { name: 'sn', next: 1 });
  backUp(records, target);
  const give = (value: string, position: number) =>
    add('Serial', position, { value, range: 'sn', position, state: 'committed' });
  give('A-1', 1);
  const later = join(file.folder, 'later.boardwalk');
  backUp(records, later);
  expect(putBack().relation).toBe('continues');
  file.reopen();
  give('A-2', 2);
  change(`UPDATE "SerialRange" SET "next" = 3 WHERE "name" = 'sn'`);
  target = later;
  const { relation, generation } = putBack();
  expect(relation).toBe('forked');
  expect(generation.number).toBe(3);
  expect(restored('SELECT "value" FROM "Serial" ORDER BY "value"')).toEqual([
    { value: 'A-1' },
    { value: 'A-2' },
  ]);
  expect(restored('SELECT "next" FROM "SerialRange"')).toEqual([{ next: 3 }]);
});

test.each([
  ['there is none', () => rmSync(file.path)],
  ['it is damaged', () => writeFileSync(file.path, 'no database any more')],
])(
  'where the replaced database tells nothing, because %s, serials stay closed until a person opens them',
  (_, loss) => {
    add('SerialRange', 1, { name: 'sn' });
    backUp(records, target);
    file.database.close();
    for (const end of ['-wal', '-shm']) rmSync(`${file.path}${end}`, { force: true });
    loss();
    const report = restore(target, records, AUTHOR, AT);
    expect(report).toMatchObject({
      relation: 'unreadable',
      carried: null,
      generation: { number: 2, closed: true },
    });
    const database = new Sqlite(file.path);
    openGeneration(database, AUTHOR, AT);
    expect(generationOf(database)).toMatchObject({ number: 2, closed: false });
    expect(() => openGeneration(database, AUTHOR, AT)).toThrow('open already');
    const last = database.prepare(
      'SELECT "type", "actor" FROM "Event" WHERE "type" <> ? ORDER BY "id" DESC LIMIT 1',
    );
    expect(last.get('record.rows')).toEqual({ type: 'record.opened', actor: 'host:test' });
    expect(verifyDatabase(database).problems).toEqual([]);
    database.close();
  },
);

test('the secret is for the station’s user alone, in no backup, and shows where a backup is from', () => {
  backUp(records, target);
  const secret = readFileSync(join(file.folder, SECRET_FILE), 'utf8').trim();
  expect(statSync(join(file.folder, SECRET_FILE)).mode & 0o077).toBe(0);
  const bytes = readFileSync(target);
  expect([bytes.includes(secret), bytes.includes(Buffer.from(secret, 'hex'))]).toEqual([false, false]);
  expect(inspectBackup(target, records).origin).toBe('this-station');
  const folder = mkdtempSync(join(tmpdir(), 'boardwalk-other-'));
  expect(inspectBackup(target, { folder, databaseFile: join(folder, 'x.db'), images: folder }).origin).toBe(
    'unknown',
  );
  rmSync(folder, { recursive: true });
});

test('a backup that was changed in a way that only its seal shows is refused where the secret is at hand', () => {
  backUp(records, target);
  const backup = new Sqlite(target);
  backup.exec(`UPDATE "sqlar" SET "mtime" = 7 WHERE "name" = 'manifest.json'`);
  backup.close();
  expect(() => inspectBackup(target, records)).toThrow(/was changed after this station wrote it/);
});

test.each([
  [
    'trigger',
    `CREATE TRIGGER "evil" AFTER INSERT ON "Event" BEGIN SELECT 1; END`,
    /Trigger evil of table Event is no part/,
  ],
  ['view', `CREATE VIEW "evil" AS SELECT 1`, /View evil is no part/],
  ['table', `CREATE TABLE "evil" ("x")`, /Table evil is no part/],
])('a backup with a foreign %s is refused by its name', (_, sql, says) => {
  backUp(records, target);
  const backup = new Sqlite(target);
  backup.exec(sql);
  backup.close();
  expect(() => restore(target, records, AUTHOR, AT)).toThrow(says);
  expect(existsSync(`${file.path}.restoring`)).toBe(false);
});

test('an archive entry that unpacks to more than it says, or to more than any file has, is refused', () => {
  const id = 'ab'.repeat(32);
  for (const [size, data] of [
    [100, deflateSync(Buffer.alloc(1_000_000))],
    [2 ** 40, Buffer.from('x')],
  ] as const) {
    rmSync(target, { force: true });
    backUp(records, target);
    const backup = new Sqlite(target);
    backup.prepare('INSERT INTO "sqlar" VALUES (?, ?, ?, ?, ?)').run(`images/${id}`, 0o644, 0, size, data);
    backup.close();
    expect(() => inspectBackup(target, records)).toThrow(
      /image abab.* is not what it was|states 1099511627776 bytes/,
    );
  }
});
