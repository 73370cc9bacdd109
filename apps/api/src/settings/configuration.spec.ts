import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from './configuration.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'boardwalk-configuration-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('an empty token file, as a full disk leaves it, is no token: another one is made, and kept', () => {
  writeFileSync(join(folder, 'token'), '\n', { mode: 0o600 });
  const { token } = readConfiguration({ BOARDWALK_DATA: folder });
  expect(token).toMatch(/^[\w-]{32}$/);
  expect(readConfiguration({ BOARDWALK_DATA: folder }).token).toBe(token);
});
