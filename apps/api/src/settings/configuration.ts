import {
  DEMO_BOARDS,
  Environment,
  RefusalError,
  said,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';
import { makeDataDirectory } from '@boardwalk/station';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Policy } from './policy.ts';

/** A start that cannot go on; its exit code is that of its row in the table of refusals. */
export class StartError<const Key extends SentenceKey = SentenceKey> extends RefusalError {
  constructor(key: Key, values: ValuesOf<Key>, cause?: unknown) {
    const { code, message, remedy, params } = said(key, values);
    super(code, message, { params, remedy, cause });
    this.name = 'StartError';
  }
}

/** The settings that the station runs with. */
export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly databaseFile: string;
  readonly bench: Environment['BOARDWALK_BENCH'];
  readonly virtualBoards: readonly string[];
  /** Undefined: on when the bench is virtual and no boards were named. */
  readonly demo: boolean | undefined;
  readonly boardsNamed: boolean;
  readonly logLevel: Environment['BOARDWALK_LOG'];
  readonly leastFreeBytes: number;
  /** Days that bulk events keep their data; undefined: for ever. */
  readonly keepEventDays: number | undefined;
  /** The plant's, an IANA name. */
  readonly timeZone: string;
  readonly station: string;
  readonly token: string;
  readonly policy: Policy;
}

/** Where the start token is, in the data folder. */
export const TOKEN_FILE = 'token';

/** Where the files of images are kept. */
export const imageFolder = ({ dataDirectory }: Pick<Configuration, 'dataDirectory'>): string =>
  join(dataDirectory, 'images');

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Whether a host is reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host);
}

/** Reads the environment, makes the data folder and the token. @throws StartError */
export function readConfiguration(variables: NodeJS.ProcessEnv): Configuration {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = Environment.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = String(issue?.path[0]);
    throw new StartError('setting-invalid', { name, value: set[name] ?? '', why: issue?.message ?? '' });
  }
  const env = parsed.data;
  if (env.BOARDWALK_DATABASE_URL && !env.BOARDWALK_DATABASE_URL.startsWith('file:')) {
    throw new StartError('setting-invalid:database', {});
  }
  const dataDirectory = writableFolder(resolve(env.BOARDWALK_DATA));
  return {
    host: env.BOARDWALK_HOST,
    port: env.BOARDWALK_PORT,
    dataDirectory,
    databaseFile: env.BOARDWALK_DATABASE_URL?.slice('file:'.length) ?? join(dataDirectory, 'boardwalk.db'),
    bench: env.BOARDWALK_BENCH,
    virtualBoards: env.BOARDWALK_VIRTUAL_BOARDS ?? DEMO_BOARDS,
    boardsNamed: env.BOARDWALK_VIRTUAL_BOARDS !== undefined,
    demo: env.BOARDWALK_DEMO === undefined ? undefined : env.BOARDWALK_DEMO === '1',
    logLevel: env.BOARDWALK_LOG,
    leastFreeBytes: env.BOARDWALK_LEAST_FREE_MIB * 1024 * 1024,
    keepEventDays: env.BOARDWALK_KEEP_EVENT_DAYS,
    timeZone: env.BOARDWALK_TIME_ZONE ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    station: hostname(),
    token: tokenIn(dataDirectory),
    policy: Policy.of(env),
  };
}

function writableFolder(path: string): string {
  try {
    for (const folder of [path, imageFolder({ dataDirectory: path })]) makeDataDirectory(folder);
    return path;
  } catch (cause) {
    throw new StartError('data-read-only:folder', { folder: path }, cause);
  }
}

/** The bearer token, made at the first start and readable by this user only. */
function tokenIn(dataDirectory: string): string {
  const file = join(dataDirectory, TOKEN_FILE);
  const there = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  // An empty file is what a full disk leaves of a first start; an empty token would let everyone in.
  if (there !== '') return there;
  const token = randomBytes(24).toString('base64url');
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  return token;
}
