import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forgetLogin, keepLogin, keptLogin, stationToken, stationUrl } from './station-login.ts';

const URL = 'http://127.0.0.1:4800';
const EVA = { token: 'bwt_eva', account: 'eva', expiresAt: null };

let folder: string;
let variables: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-login-'));
  variables = { XDG_CONFIG_HOME: join(folder, 'config') };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a login is kept for this user alone, by station, until it is forgotten or expires', () => {
  const before = process.umask(0);
  const file = keepLogin(URL, EVA, variables);
  process.umask(before);
  expect([statSync(file).mode & 0o777, statSync(join(file, '..')).mode & 0o777]).toEqual([0o600, 0o700]);
  keepLogin('http://other:1', { ...EVA, account: 'jan' }, variables);
  expect([keptLogin(URL, variables), keptLogin('http://none:1', variables)]).toEqual([EVA, null]);
  forgetLogin(URL, variables);
  expect([keptLogin(URL, variables), keptLogin('http://other:1', variables)?.account]).toEqual([null, 'jan']);
  keepLogin(URL, { ...EVA, expiresAt: '2026-01-01T00:00:00.000Z' }, variables);
  expect(keptLogin(URL, variables)).toBeNull();
});

test('BOARDWALK_TOKEN goes first, then the login, then the start token while there is one', () => {
  expect(() => stationToken(URL, folder, variables)).toThrow(/not logged in/);
  writeFileSync(join(folder, 'token'), 'start\n');
  expect(stationToken(URL, folder, variables)).toBe('start');
  keepLogin(URL, EVA, variables);
  expect(stationToken(URL, folder, variables)).toBe('bwt_eva');
  expect(stationToken(URL, folder, { ...variables, BOARDWALK_TOKEN: 'given' })).toBe('given');
});

test('without a station in the data folder its URL has to be named', () => {
  expect(() => stationUrl(undefined, folder)).toThrow(/No station has the data folder/);
  expect(stationUrl('http://127.0.0.1:4800/#x', folder)).toBe(URL);
});
