import { jest } from '@jest/globals';
import type { AuditRow, StationEvent } from '@boardwalk/contracts';
import { ANCHOR_FILE, openToRead, readAnchors, verifyDatabase } from '@boardwalk/records';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { EventLog } from '../events/event-log.ts';
import { openDatabase, type Database } from '../persistence/database.ts';
import { OpenedStation } from '../testing/opened-station.ts';
import { DailyAnchors } from './anchors.ts';
import { Retention } from './retention.ts';

jest.setTimeout(60_000);

let station: OpenedStation;
let database: Database;
beforeEach(async () => {
  station = await new OpenedStation().open();
  await station.json('POST', '/slots/1/disable');
  await station.json('POST', '/slots/1/enable');
  await station.close();
  database = openDatabase(station.file);
});
afterEach(async () => {
  await database.$disconnect();
  await station.remove();
});

const check = () => {
  const file = openToRead(station.file);
  try {
    return verifyDatabase(file, readAnchors(join(station.data, ANCHOR_FILE)));
  } finally {
    file.close();
  }
};

test('each day leaves one anchor, in the file and in the log, and the chain is held against all of them', async () => {
  const lines: string[] = [];
  const log = pino(new Writable({ write: (chunk, _coding, done) => done(void lines.push(String(chunk))) }));
  const anchors = new DailyAnchors(database, station.data, log);
  const events = new EventLog(database);
  for (const at of ['2099-01-01T08:00:00Z', '2099-01-01T20:00:00Z', '2099-01-02T00:00:00Z']) {
    await events.recordChange('session.closed', { name: at });
    await anchors.keep(new Date(at));
  }
  const written = readFileSync(join(station.data, ANCHOR_FILE), 'utf8').trim().split('\n');
  expect(written.map((line) => line.split(' ')[0]).slice(1)).toEqual(['2099-01-01', '2099-01-02']);
  const logged = lines.map((line) => (JSON.parse(line) as { audit: { date: string; hash: string } }).audit);
  expect(logged.map(({ hash }) => hash)).toEqual(written.slice(1).map((line) => line.split(' ')[2]));
  expect(check()).toMatchObject({ ok: true, anchors: 3 });
});

test('a clock that was wrong once, or a line that was torn, ends no anchors', async () => {
  const file = join(station.data, ANCHOR_FILE);
  writeFileSync(file, '9999-12-31 1 torn');
  await new DailyAnchors(database, station.data, pino({ level: 'silent' })).keep(
    new Date('2099-01-01T08:00:00Z'),
  );
  expect(readFileSync(file, 'utf8').split('\n')[1]).toMatch(/^2099-01-01 \d+ [0-9a-f]{64}$/);
});

test('retention erases old bulk data and nothing else; the chain still verifies and says what was erased', async () => {
  const events = new EventLog(database);
  const before = await events.after(0, 1000);
  expect(before.map(({ type }) => type)).toContain('slot.changed');
  const tomorrow = new Date(Date.now() + 2 * 86_400_000);
  const erased = await new Retention(database, events, 1).apply(tomorrow);
  expect(erased).toBeGreaterThanOrEqual(2);
  expect(check()).toMatchObject({ ok: true, erased });
  const left: StationEvent[] = await events.after(0, 1000);
  expect(left.filter(({ type }) => type === 'slot.changed')).toEqual([]);
  expect(await new Retention(database, events, 1).apply(tomorrow)).toBe(0);
  const kept = await database.event.count({ where: { type: 'station.opened', data: { not: null } } });
  expect(kept).toBe(1);
});

test('what is younger than the rule stays', async () => {
  expect(await new Retention(database, new EventLog(database), 1).apply(new Date())).toBe(0);
});

test('whoever brought in an image, a recipe, a revision, an order or a range stands in the record', async () => {
  await database.$disconnect();
  await station.open();
  const { id: image } = await station.json<{ id: string }>(
    'POST',
    '/images?name=a.bin&raw=true',
    new Uint8Array(64),
  );
  await station.json('POST', '/recipes', { name: 'app', image });
  await station.json('POST', '/recipes/app/revisions', { image, timeoutSeconds: 60 });
  await station.json('POST', '/work-orders', { id: 'WO', recipe: { name: 'app' }, quantity: 5 });
  await station.json('POST', '/serial-ranges', { name: 'sn', source: 'list', values: ['A'] });
  const { data } = await station.json<{ data: AuditRow[] }>('GET', '/audit?actor=start-token');
  const added = data.filter(({ type }) => type.endsWith('.added'));
  expect(added.map(({ type, subject }) => `${type} ${subject}`)).toEqual([
    ...[`image.added image/${image}`, 'recipe.added recipe/app/1', 'recipe.added recipe/app/2'],
    ...['work-order.added work-order/WO', 'serial-range.added serial-range/sn'],
  ]);
  expect(added[2]).toMatchObject({ oldValue: null, newValue: { timeoutSeconds: 60 } });
});

test('GET /audit shows who, the old value and the new one, and goes on by its link', async () => {
  await database.$disconnect();
  await station.open();
  const first = await station.call('GET', '/api/v1/audit?limit=2');
  expect(((await first.json()) as { data: AuditRow[] }).data).toHaveLength(2);
  expect(first.headers.get('link')).toMatch(/after=2>?.*rel="next"/);
  const slots = await station.json<{ data: AuditRow[] }>('GET', '/audit?type=slot.changed&actor=start-token');
  const [disabled, enabled] = slots.data as (AuditRow & { oldValue: { enabled: boolean } })[];
  expect(disabled!.newValue).toMatchObject({ name: '1', enabled: false });
  expect(enabled!.oldValue).toMatchObject({ enabled: false });
  expect(enabled!.newValue).toMatchObject({ enabled: true });
});
