import Sqlite from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventLog } from '../events/event-log.ts';
import { openDatabase } from './database.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-database-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('closing waits for what is being committed, and for what that sets going', async () => {
  const file = join(folder, 'boardwalk.db');
  const database = openDatabase(file);
  const events = new EventLog(database);
  let release!: () => void;
  let held!: Promise<void>;
  await new Promise<void>((begun) => {
    held = database.commit(() => {
      begun();
      return new Promise<void>((resolve) => (release = resolve));
    });
  });
  const next = Promise.all(
    ['one', 'two', 'three'].map((name) => events.recordChange('session.closed', { name })),
  );
  const last = held.then(() => events.recordChange('session.closed', { name: 'four' }));
  const closed = database.close();
  release();
  await closed;
  await Promise.all([held, next, last]);
  const rows = new Sqlite(file, { readonly: true });
  expect(rows.prepare(`select count(*) as count from "Event" where type = 'session.closed'`).get()).toEqual({
    count: 4,
  });
  rows.close();
});
