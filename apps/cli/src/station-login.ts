import { benchHolder } from '@boardwalk/station';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from './errors.ts';

/** A login that was kept: what a station gave for a badge, a password or a token. */
export interface KeptLogin {
  readonly token: string;
  readonly account: string;
  /** RFC 3339; null: never. */
  readonly expiresAt: string | null;
}

/** Logins by the URL of their station, for this user alone. */
const FILE = 'logins.json';

/** Where this user's settings are (XDG Base Directory Specification). */
function settingsFolder(variables: NodeJS.ProcessEnv): string {
  const named = variables['XDG_CONFIG_HOME'];
  return join(named && named !== '' ? named : join(homedir(), '.config'), 'boardwalk');
}

function readLogins(variables: NodeJS.ProcessEnv): Record<string, KeptLogin> {
  try {
    return JSON.parse(readFileSync(join(settingsFolder(variables), FILE), 'utf8')) as Record<
      string,
      KeptLogin
    >;
  } catch {
    return {};
  }
}

function writeLogins(logins: Record<string, KeptLogin>, variables: NodeJS.ProcessEnv): string {
  const folder = settingsFolder(variables);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, FILE);
  // A file that was there keeps its mode: it is made again.
  rmSync(file, { force: true });
  writeFileSync(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  return file;
}

/** @returns the file that has it */
export function keepLogin(url: string, login: KeptLogin, variables = process.env): string {
  return writeLogins({ ...readLogins(variables), [url]: login }, variables);
}

export function keptLogin(url: string, variables = process.env): KeptLogin | null {
  const login = readLogins(variables)[url];
  return login && (login.expiresAt === null || login.expiresAt > new Date().toISOString()) ? login : null;
}

export function forgetLogin(url: string, variables = process.env): void {
  const { [url]: _gone, ...rest } = readLogins(variables);
  writeLogins(rest, variables);
}

/** The station that is meant: the one named, or the one that has this data folder open. @throws CommandError */
export function stationUrl(named: string | undefined, dataFolder: string): string {
  const url = named ?? benchHolder(dataFolder)?.url;
  if (url) return new URL(url).origin;
  throw new CommandError('cli.no_station', { folder: dataFolder });
}

/**
 * The token that this user has for a station: BOARDWALK_TOKEN, a kept login, or the start token of its data folder
 * while the station is being set up. @throws CommandError
 */
export function stationToken(url: string, dataFolder: string, variables = process.env): string {
  const given = variables['BOARDWALK_TOKEN'] || keptLogin(url, variables)?.token || startToken(dataFolder);
  if (given) return given;
  throw new CommandError('cli.no_login', { url });
}

function startToken(dataFolder: string): string | null {
  try {
    return readFileSync(join(dataFolder, 'token'), 'utf8').trim() || null;
  } catch {
    return null;
  }
}
