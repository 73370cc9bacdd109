import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StationFile } from '../testing/station-file.ts';
import { parseAnchors, anchorLine, restoredLine } from './anchors.ts';
import { append, headOf } from './append.ts';
import { canonicalJson } from './canonical-json.ts';
import { openToRead, verifyDatabase } from '../file/chain-file.ts';
import type { ChainRow } from './chain-row.ts';
import { isExport, verifyExport } from './export-file.ts';
import { sealUnlinkedRows } from './seal.ts';

let file: StationFile;
beforeEach(() => (file = new StationFile()));
afterEach(() => file.remove());

test('canonical JSON is that of RFC 8785: its own example, byte for byte', () => {
  // RFC 8785, section 3.2.2 (input) and 3.2.3 (sorted output).
  const input = JSON.parse(
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],' +
      '"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
  ) as unknown;
  expect(canonicalJson(input)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
      '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
  // Section 3.2.3: keys sort by UTF-16 code units.
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
  expect(Object.values(JSON.parse(canonicalJson(keys)) as object)).toHaveLength(7);
  expect(canonicalJson(keys)).toBe(
    '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
  );
  expect(() => canonicalJson({ at: NaN })).toThrow(/NaN/);
});

test('a row’s hash can be computed with nothing but SHA-256 and its columns', () => {
  const [first, second] = file.fill(2);
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');
  const said =
    `{"actor":"anna","at":"2026-01-02T00:00:00.000Z","dataSha256":"${digest(second!.data!)}","id":2,` +
    '"reason":null,"role":"engineer","subject":"job/job_1","type":"run.step"}';
  expect(second!.hash).toBe(digest(first!.hash + said));
});

test('an untouched chain verifies, without the station and without writing to the file', () => {
  const rows = file.fill(50);
  const database = openToRead(file.path);
  expect(verifyDatabase(database)).toEqual({
    ...{ ok: true, rows: 50, erased: 0, anchors: 0, firstBad: null },
    ...{ head: { id: 50, hash: rows[49]!.hash }, problems: [] },
    rowsCovered: { sealed: null, checked: 0, coverage: [], findings: [], found: 0 },
  });
  expect(() => database.exec(`UPDATE "Migration" SET "name" = 'x'`)).toThrow();
  database.close();
});

const REFUSALS: [string, string, RegExp][] = [
  ['deleting a row', 'DELETE FROM "Event" WHERE "id" = 3', /never deleted/],
  ['changing who', `UPDATE "Event" SET "actor" = 'bert' WHERE "id" = 3`, /never changed/],
  ['changing new values', `UPDATE "Event" SET "data" = '{}' WHERE "id" = 3`, /never changed/],
  ['erasing a change', 'UPDATE "Event" SET "data" = NULL WHERE "id" = 3', /never changed/],
  ['erasing with a new time', `UPDATE "Event" SET "data" = NULL, "at" = '' WHERE "id" = 2`, /never changed/],
  [
    'a row beside the last one',
    `INSERT INTO "Event" SELECT 6, "at", "type", "subject", "actor", "role", "reason", "data", "dataSha256", "previous", "hash" FROM "Event" WHERE "id" = 5`,
    /follows the last/,
  ],
  [
    'replacing a row',
    `INSERT OR REPLACE INTO "Event" SELECT * FROM "Event" WHERE "id" = 5`,
    /follows the last/,
  ],
];
test.each(REFUSALS)('the database itself refuses %s', (_what, sql, says) => {
  file.fill(5);
  expect(() => file.database.exec(sql)).toThrow(says);
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true, rows: 5 });
});

const REST = '"at", "type", "subject", "actor", "role", "reason", "data", "dataSha256", "previous", "hash"';
const TAMPERED: [string, string, number, RegExp][] = [
  [
    'a changed value',
    `UPDATE "Event" SET "data" = '{"state":"s2"}' WHERE "id" = 3`,
    3,
    /data that was changed/,
  ],
  ['a changed name', `UPDATE "Event" SET "actor" = 'bert' WHERE "id" = 4`, 4, /was changed/],
  ['a changed reason', `UPDATE "Event" SET "reason" = 'because' WHERE "id" = 1`, 1, /was changed/],
  ['a changed time', `UPDATE "Event" SET "at" = '2020-01-01T00:00:00.000Z' WHERE "id" = 9`, 9, /was changed/],
  ['a row taken out', 'DELETE FROM "Event" WHERE "id" = 5', 6, /follows row 4: 1 row between them is gone/],
  ['the first row taken out', 'DELETE FROM "Event" WHERE "id" = 1', 2, /1 row between them is gone/],
  ['another hash', `UPDATE "Event" SET "hash" = '${'a'.repeat(64)}' WHERE "id" = 7`, 7, /was changed/],
  ['another link', `UPDATE "Event" SET "previous" = '${'a'.repeat(64)}' WHERE "id" = 7`, 7, /not linked/],
  [
    'a row put in before the first',
    `INSERT INTO "Event" SELECT -5, ${REST} FROM "Event" WHERE "id" = 9`,
    -5,
    /put in/,
  ],
  [
    'rows cut off its end',
    'DELETE FROM "Event" WHERE "id" > 8',
    9,
    /ends at row 8, but SQLite gave ids up to 10/,
  ],
  [
    'a rule in no words',
    `UPDATE "Event" SET "type" = 'retention.applied', "data" = 'x' WHERE "id" = 6`,
    6,
    /changed/,
  ],
  ['data erased by hand', 'UPDATE "Event" SET "data" = NULL WHERE "id" = 2', 2, /no retention rule/],
];
test.each(TAMPERED)('the check names the first bad row after %s', (_what, sql, id, says) => {
  file.fill(10);
  file.tamper(sql);
  const report = verifyDatabase(file.database);
  expect([report.ok, report.firstBad?.id]).toEqual([false, id]);
  expect(report.firstBad?.says).toMatch(says);
});

test('every single changed byte of every column is noticed', () => {
  file.fill(4);
  for (const column of ['at', 'type', 'subject', 'actor', 'role', 'data', 'dataSha256', 'previous', 'hash'])
    for (const id of [1, 2, 3, 4]) {
      const was = file.database.prepare(`SELECT "${column}" AS text FROM "Event" WHERE "id" = ?`).get(id) as {
        text: string;
      };
      const at = (id * 7) % was.text.length;
      const other = was.text[at] === '0' ? '1' : '0';
      const set = (text: string) =>
        file.tamper(`UPDATE "Event" SET "${column}" = '${text.replaceAll("'", "''")}' WHERE "id" = ${id}`);
      set(was.text.slice(0, at) + other + was.text.slice(at + 1));
      expect([column, id, verifyDatabase(file.database).ok]).toEqual([column, id, false]);
      set(was.text);
    }
  expect(verifyDatabase(file.database).ok).toBe(true);
});

test('anchors find what the chain alone cannot: rows cut off its end, and a chain written anew', () => {
  const rows = file.fill(10);
  const anchors = [4, 10].map((id) => ({ date: `2026-01-${String(id).padStart(2, '0')}`, ...rows[id - 1]! }));
  expect(verifyDatabase(file.database, anchors)).toMatchObject({ ok: true, anchors: 2 });
  file.tamper(
    `DELETE FROM "Event" WHERE "id" > 8; UPDATE "sqlite_sequence" SET "seq" = 8 WHERE "name" = 'Event'`,
  );
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true });
  expect(verifyDatabase(file.database, anchors).firstBad).toMatchObject({ id: 9 });

  file.tamper('DELETE FROM "Event"');
  file.fill(10, { actor: 'bert' });
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true });
  expect(verifyDatabase(file.database, anchors).firstBad).toMatchObject({ id: 4 });
});

test('anchor lines are read back; those of a database that a backup replaced no longer hold', () => {
  const hash = 'ab'.repeat(32);
  const lines = [
    anchorLine({ date: '2026-01-01', id: 5, hash }),
    anchorLine({ date: '2026-01-02', id: 9, hash }),
    restoredLine('2026-01-03T00:00:00.000Z', { id: 7, hash }),
    anchorLine({ date: '2026-01-03', id: 8, hash }),
  ];
  expect(parseAnchors(`${lines.join('\r\n')}\n2026-01-0`).map(({ id }) => id)).toEqual([5, 8]);
  expect(() => parseAnchors('2026-01-01 5\n')).toThrow(/Line 1/);
});

test('no rule of retention reaches what is the record, even one that stands in the chain', () => {
  file.fill(4);
  file.database.transaction(() =>
    append(file.database, {
      ...{
        at: '2026-02-01T00:00:00.000Z',
        type: 'retention.applied',
        subject: 'retention',
        actor: 'station',
      },
      ...{
        role: 'station',
        reason: null,
        data: { types: ['job.changed', 'run.step'], firstId: 1, lastId: 4 },
      },
    }),
  )();
  file.tamper('UPDATE "Event" SET "data" = NULL WHERE "id" = 2');
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true, erased: 1 });
  file.tamper('UPDATE "Event" SET "data" = NULL WHERE "id" = 3');
  expect(verifyDatabase(file.database).firstBad).toMatchObject({ id: 3 });
});

test('an export is checked as its database is: whole, in part, changed, reordered, cut short', () => {
  const lines = file.fill(10).map((row) => JSON.stringify(row));
  const anchors = [{ date: '2026-01-10', id: 10, hash: (JSON.parse(lines[9]!) as ChainRow).hash }];
  const path = join(file.folder, 'audit.jsonl');
  const check = (text: string) => {
    writeFileSync(path, text);
    return verifyExport(path, anchors);
  };
  expect(check(`${lines.join('\n')}\n`)).toMatchObject({ ok: true, rows: 10, anchors: 1 });
  expect(isExport(path)).toBe(true);
  expect(isExport(file.path)).toBe(false);
  expect(check(lines.slice(4).join('\n'))).toMatchObject({ ok: true, rows: 6, from: { id: 4 } });
  expect(check(lines.slice(0, 8).join('\n')).firstBad).toMatchObject({ id: 9 });
  expect(check(lines.map((line) => line.replace('s2', 's3')).join('\n')).firstBad).toMatchObject({ id: 3 });
  expect(
    check([...lines.slice(0, 3), lines[4], lines[3], ...lines.slice(5)].join('\n')).firstBad,
  ).toMatchObject({ id: 5 });
  expect(() => check(lines.join('\n').slice(0, -20))).toThrow(/Line 10 of .* cut short/);
});

test('rows of a version without a chain are linked once, in their order, and then hold like all others', () => {
  const old = new StationFile('0010');
  try {
    const insert = old.database.prepare(
      'INSERT INTO "Event" ("id", "at", "type", "data") VALUES (?, ?, ?, ?)',
    );
    for (const id of [1, 2, 5]) insert.run(id, '2026-01-01T00:00:00.000Z', 'job.created', `{"id":"j${id}"}`);
    old.apply('0010', '9999');
    expect(verifyDatabase(old.database).ok).toBe(false);
    expect(sealUnlinkedRows(old.database)).toBe(3);
    expect(sealUnlinkedRows(old.database)).toBe(0);
    old.fill(2);
    expect(verifyDatabase(old.database)).toMatchObject({ ok: true, rows: 5 });
    expect(() => old.database.exec(`UPDATE "Event" SET "actor" = 'x' WHERE "id" = 1`)).toThrow(
      /never changed/,
    );
  } finally {
    old.remove();
  }
});

test('a change and its row are one: what is rolled back leaves no row, and the next row still links', () => {
  file.fill(3);
  const failing = file.database.transaction(() => {
    append(file.database, {
      ...{ at: '2026-02-01T00:00:00.000Z', type: 'x.y', subject: 'x', actor: 'a', role: 'b', reason: 'c' },
      data: {},
    });
    throw new Error('no');
  });
  expect(() => failing.immediate()).toThrow('no');
  expect(headOf(file.database).id).toBe(3);
  file.fill(1);
  expect(verifyDatabase(file.database)).toMatchObject({ ok: true, rows: 4 });
});

test('the view shows the old value beside the new one', () => {
  file.fill(6);
  const row = file.database.prepare('SELECT * FROM "audit_log" WHERE "id" = 5').get();
  expect(row).toMatchObject({ actor: 'anna', subject: 'job/job_1' });
  const { old_value, new_value } = row as { old_value: string; new_value: string };
  expect([old_value, new_value].map((text) => (JSON.parse(text) as { state: string }).state)).toEqual([
    's1',
    's4',
  ]);
});
