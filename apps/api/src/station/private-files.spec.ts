import { jest } from '@jest/globals';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenedStation } from '../testing/opened-station.ts';

jest.setTimeout(60_000);

const OTHERS = 0o077;

const isOpen = (path: string): boolean => (statSync(path).mode & OTHERS) !== 0;
const openFiles = (folder: string, names: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => names.test(name) && isOpen(join(folder, name)),
  );

test('a data folder, its database, images and token are its user’s alone, also one that an earlier version left open', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'boardwalk-private-'));
  const data = join(parent, 'a', 'var');
  mkdirSync(join(data, 'images'), { recursive: true });
  for (const folder of [data, join(data, 'images')]) chmodSync(folder, 0o755);
  writeFileSync(join(data, 'boardwalk.db'), '', { mode: 0o644 });
  const before = process.umask(0o022);
  const station = new OpenedStation(data);
  try {
    await station.open();
    await station.json('POST', '/images?name=a.bin&raw=true', new Uint8Array(64).fill(7));
    expect([data, join(data, 'images')].filter(isOpen)).toEqual([]);
    expect(openFiles(data, /boardwalk\.db|token|bench\.lock|images\/[0-9a-f]{64}$/)).toEqual([]);
  } finally {
    process.umask(before);
    await station.remove();
    rmSync(parent, { recursive: true, force: true });
  }
});
