import 'reflect-metadata';
import type { BenchKind } from '@boardwalk/contracts';
import { Bench, claimBench, type BenchClaim } from '@boardwalk/station';
import {
  AccountRegister,
  checkPages,
  finishRestore,
  stationSecret,
  storageProblemOf,
} from '@boardwalk/records';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isIPv6, type AddressInfo } from 'node:net';
import { pino, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { Accounts } from './accounts/accounts.ts';
import { AppModule } from './app-module.ts';
import { isLoopback, StartError, TOKEN_FILE, type Configuration } from './settings/configuration.ts';
import { STATION_ITSELF } from './events/caller.ts';
import { HOST_CLOCK, type Clock } from './clock/clock.ts';
import { EventLog } from './events/event-log.ts';
import { AccessGuard } from './http/access-guard.ts';
import { useBodyParsers } from './http/body-parsers.ts';
import { FrontDoor } from './http/front-door.ts';
import { routesOf } from './http/routes-of.ts';
import { endUnread } from './http/unread-body.ts';
import { limitServer } from './http/server-limits.ts';
import { refusePipelines } from './http/pipelines.ts';
import { readCaller } from './http/read-caller.ts';
import { serveDashboard } from './http/dashboard.ts';
import { serveApiPage } from './http/api-page.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { Database, openDatabase } from './persistence/database.ts';
import { OPENING } from './opening.ts';
import { benchOf } from './station/open-bench.ts';
import { nameStation } from './status/station-name.ts';
import { StationNotes } from './status/station-notes.ts';
import { StorageWatch } from './status/storage-watch.ts';

/** A station that is open. */
export interface RunningStation {
  readonly url: string;
  /** The start token; null once an admin account has taken its place. */
  readonly token: string | null;
  readonly bench: BenchKind;
  readonly slots: number;
  /** Every route that answers, as "METHOD /path". */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

/** Fields of a request that are never logged. */
const SECRETS = ['req.headers.authorization', 'req.headers.cookie'];

/** Parts that a start may leave out. */
export interface StationParts {
  readonly dashboard: boolean;
  /** The host's, unless another is given. */
  readonly clock?: Clock;
}

/** Opens everything in order; what was opened is closed again when a later part fails. @throws StartError */
export async function startStation(
  configuration: Configuration,
  parts: StationParts = { dashboard: true },
): Promise<RunningStation> {
  const log = loggerOf(configuration);
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return await open(configuration, parts, log, closers, close);
  } catch (cause) {
    await close();
    throw cause;
  }
}

async function open(
  configuration: Configuration,
  parts: StationParts,
  log: Logger,
  closers: (() => Promise<void> | void)[],
  close: () => Promise<void>,
): Promise<RunningStation> {
  const claim = claimFor(configuration);
  closers.push(() => claim.release());
  const opened = await benchOf(configuration);
  closers.push(() => opened.bus.close());
  const storage = new StorageWatch();
  const database = openRecords(configuration, (cause) => storage.noticed(cause));
  closers.push(() => database.close());
  const bench = await Bench.open({ bus: opened.bus });
  closers.push(() => bench.close());
  const notes = new StationNotes();
  const { station } = configuration;
  const lastEventAt = await new EventLog(database).lastAt();
  const stationId = await nameStation(database, new EventLog(database), station);
  const identity = { station, stationId, version: versionOf(), bench: opened.kind };
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.of({
      ...{ configuration, identity, database, bench, storage, notes, log, lastEventAt },
      ...{ virtual: opened.virtual, clock: parts.clock ?? HOST_CLOCK },
    }),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  const farewell = limitServer(app);
  closers.push(async () => {
    farewell();
    await app.close();
  });
  const accounts = app.get(Accounts);
  requireAdmin(configuration, accounts);
  await database.aside((file) => new AccountRegister(file).settleStartToken(STATION_ITSELF));
  openDoor(app, opened.kind, database, log);
  serveApiPage(app, identity.version);
  if (parts.dashboard && !(await serveDashboard(app)))
    log.warn('the dashboard is not built: run npm run build');
  for (const type of OPENING) {
    const part = app.get(type);
    closers.push(() => part.close?.());
    await part.open();
  }
  await listen(app, configuration);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = urlOf(configuration.host, port);
  claim.answersAt(url);
  const token = accounts.startTokenEnded() ? null : configuration.token;
  if (token === null) rmSync(join(configuration.dataDirectory, TOKEN_FILE), { force: true });
  return { url, token, bench: opened.kind, slots: bench.slots.length, routes: routesOf(app), close };
}

/** Every request passes these, in this order. */
function openDoor(app: NestExpressApplication, kind: BenchKind, database: Database, log: Logger): void {
  const door = app.get(FrontDoor);
  // On every answer, so that the login page shows what bench this is before it knows who asks.
  app.use(refusePipelines);
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Boardwalk-Bench', kind);
    response.setHeader('Boardwalk-Generation', database.generation.id);
    next();
  });
  app.use(helmet({ contentSecurityPolicy: false }));
  if (log.isLevelEnabled('debug'))
    app.use('/api', pinoHttp({ logger: log, quietReqLogger: true, customLogLevel: () => 'debug' }));
  app.use('/api', endUnread);
  app.use('/api', door.middleware);
  useBodyParsers(app);
  app.use('/api', readCaller);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new AccessGuard(door));
}

/** @throws StartError where the file is damaged, locked, or cannot be written: what to do is said at once */
function openRecords(
  { dataDirectory, databaseFile }: Configuration,
  onFailure: (cause: unknown) => void,
): Database {
  try {
    finishRestore({ folder: dataDirectory, databaseFile });
    stationSecret(dataDirectory);
    checkPages(databaseFile);
    return openDatabase(databaseFile, onFailure);
  } catch (cause) {
    const problem = storageProblemOf(cause);
    if (problem) throw new StartError(problem.code, {}, cause);
    throw cause;
  }
}

/** The network is let in by accounts alone. @throws StartError */
function requireAdmin({ host }: Configuration, accounts: Accounts): void {
  if (isLoopback(host) || accounts.hasAdmin()) return;
  throw new StartError('network-needs-admin', { host });
}

/** An IPv6 address is in brackets (RFC 3986 §3.2.2). */
function urlOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function claimFor({ dataDirectory, host, port }: Configuration): BenchClaim {
  return claimBench(dataDirectory, { what: 'the station', url: urlOf(host, port) });
}

async function listen(app: NestExpressApplication, { host, port }: Configuration): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') throw new StartError('port-unusable', { port }, cause);
    if (code === 'EACCES') throw new StartError('port-unusable:rights', { port }, cause);
    throw cause;
  }
}

function versionOf(): string {
  const manifest = new URL('../package.json', import.meta.url);
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function loggerOf({ logLevel }: Configuration): Logger {
  const options = { level: logLevel, redact: SECRETS };
  const pretty = process.stderr.isTTY;
  return pretty
    ? pino({ ...options, transport: { target: 'pino-pretty', options: { destination: 2 } } })
    : pino(options, pino.destination(2));
}
