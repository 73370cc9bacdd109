import 'reflect-metadata';
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
import { FailureLimit } from './accounts/failure-limit.ts';
import { AppModule } from './app-module.ts';
import { DailyAnchors } from './audit/anchors.ts';
import { OlderRows } from './audit/older-rows.ts';
import { Retention } from './audit/retention.ts';
import { imageFolder, isLoopback, StartError, TOKEN_FILE, type Configuration } from './configuration.ts';
import { STATION_ITSELF } from './events/caller.ts';
import { OldRuns } from './boards/old-runs.ts';
import { Upgrade } from './boards/upgrade.ts';
import { ClockWatch } from './clock/clock-watch.ts';
import type { Clock } from './clock/clock.ts';
import { EventLog, type Entry } from './events/event-log.ts';
import { AccessGuard } from './http/access-guard.ts';
import { useBodyParsers } from './http/body-parsers.ts';
import { FrontDoor } from './http/front-door.ts';
import { routesOf } from './http/routes-of.ts';
import { endUnread } from './http/unread-body.ts';
import { limitServer } from './http/server-limits.ts';
import { refusePipelines } from './http/pipelines.ts';
import { readCaller } from './http/read-caller.ts';
import { serveDashboard } from './http/dashboard.ts';
import { serveOpenApi } from './http/openapi.ts';
import { ProblemFilter } from './http/problem-filter.ts';
import { validationPipe } from './http/validation.ts';
import { ImageRenaming } from './images/image-renaming.ts';
import { Dispatcher } from './jobs/dispatcher.ts';
import { Database, openDatabase } from './persistence/database.ts';
import { ReservationExpiry } from './scans/reservation-expiry.ts';
import { openBench } from './station/open-bench.ts';
import { openDemo } from './station/open-demo.ts';
import { nameStation } from './station/station-name.ts';
import { StationNotes } from './station/station-notes.ts';
import { StationState } from './station/station-state.ts';
import { StorageWatch } from './station/storage-watch.ts';
import type { StationIdentity } from './station/station-identity.ts';

/** A job may begin by the clock alone: its `notBefore` has come. */
const DISPATCH_MS = 1000;
/** How often the day's anchor and the retention rule are looked at. */
const KEEP_MS = 600_000;

/** A station that is open. */
export interface RunningStation {
  readonly url: string;
  /** The start token; null once an admin account has taken its place. */
  readonly token: string | null;
  readonly bench: 'usb' | 'virtual';
  readonly slots: number;
  /** Every route that answers, as "METHOD /path". */
  readonly routes: readonly string[];
  close(): Promise<void>;
}

/** What a request carries and no log shall. */
const SECRETS = ['req.headers.authorization', 'req.headers.cookie'];

/** What a start may leave out. */
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
  const opened = await openBench(configuration);
  closers.push(() => opened.bus.close());
  const storage = new StorageWatch();
  const database = openRecords(configuration, (cause) => storage.noticed(cause));
  closers.push(() => database.close());
  const bench = await Bench.open({ bus: opened.bus });
  closers.push(() => bench.close());
  const notes = new StationNotes();
  const { station } = configuration;
  const before = await new EventLog(database).lastAt();
  const stationId = await nameStation(database, new EventLog(database), station);
  const identity = { station, stationId, version: versionOf(), bench: opened.kind };
  const app = await NestFactory.create<NestExpressApplication>(
    AppModule.of({
      configuration,
      identity,
      database,
      bench,
      virtual: opened.virtual,
      storage,
      notes,
      clock: parts.clock,
      log,
    }),
    { logger: false, bodyParser: false, abortOnError: false },
  );
  const accounts = app.get(Accounts);
  const logins = app.get(FailureLimit);
  // Counted apart: a program with an old token must not keep the operators of its host from logging in.
  const tokens = new FailureLimit('wrong tokens from this address');
  const farewell = limitServer(app);
  closers.push(async () => {
    farewell();
    await app.close();
    accounts.dispose();
    logins.dispose();
    tokens.dispose();
  });
  requireAdmin(configuration, accounts);
  await database.aside((file) => new AccountRegister(file).settleStartToken(STATION_ITSELF));
  const door = new FrontDoor(accounts, tokens, storage);
  // On every answer, so that the login page shows what bench this is before it knows who asks.
  app.use(refusePipelines);
  app.use((_request: Request, response: Response, next: NextFunction) => {
    response.setHeader('Boardwalk-Bench', opened.kind);
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
  app.useGlobalPipes(validationPipe);
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalGuards(new AccessGuard(door));
  serveOpenApi(app, identity.version);
  if (parts.dashboard && !(await serveDashboard(app)))
    log.warn('the dashboard is not built: run npm run build');
  const clock = new ClockWatch(app.get(EventLog), notes, log, parts.clock);
  closers.push(() => clock.close());
  await clock.begin(before);
  const dispatcher = app.get(Dispatcher);
  closers.push(() => dispatcher.close());
  closers.push(() => database.hurry());
  await new ImageRenaming(database, imageFolder(configuration), app.get(EventLog), log).run();
  await begin(app, bench, dispatcher, log);
  const upgrade = new Upgrade(app.get(OldRuns), notes, log);
  closers.push(() => upgrade.close());
  upgrade.begin();
  const ticks = setInterval(() => dispatcher.tick(), DISPATCH_MS);
  closers.push(() => clearInterval(ticks));
  closers.push(watchStorage(configuration, database, storage, app, log));
  const oldRuns = app.get(OldRuns);
  const olderRows = new OlderRows(database, () => oldRuns.progress.done, log);
  closers.push(() => olderRows.close());
  await olderRows.start();
  closers.push(await keepRecords(configuration, database, app.get(EventLog), identity, log));
  const { virtual } = opened;
  if (virtual && wantsDemo(configuration))
    await openDemo(app, { bench, virtual, boards: configuration.virtualBoards }, closers, log);
  await listen(app, configuration);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = urlOf(configuration.host, port);
  const token = accounts.startTokenEnded() ? null : configuration.token;
  if (token === null) rmSync(join(configuration.dataDirectory, TOKEN_FILE), { force: true });
  return { url, token, bench: opened.kind, slots: bench.slots.length, routes: routesOf(app), close };
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
    if (problem) throw new StartError(problem.code, problem.says, problem.remedy, { cause });
    throw cause;
  }
}

/** Looks once a second whether work can be recorded; says so in the log, in the event log and on the page. */
function watchStorage(
  { dataDirectory, leastFreeBytes }: Configuration,
  database: Database,
  storage: StorageWatch,
  app: NestExpressApplication,
  log: Logger,
): () => void {
  const state = app.get(StationState);
  const events = app.get(EventLog);
  storage.onChange(() => {
    const status = state.status();
    if (status.ready) log.info('the storage is ready again');
    else log.error({ problems: status.problems }, 'the station takes no new work');
    // Where it cannot be stored the page hears of it when it asks.
    events.record('station.changed', status).catch(() => undefined);
  });
  storage.watch(dataDirectory, leastFreeBytes, () => database.commit(async () => undefined));
  return () => storage.close();
}

/** The network is let in by accounts alone. @throws StartError */
function requireAdmin({ host }: Configuration, accounts: Accounts): void {
  if (isLoopback(host) || accounts.hasAdmin()) return;
  throw new StartError(
    'network-needs-admin',
    `BOARDWALK_HOST ${host} opens the station to the network, and no admin account exists.`,
    'Make one with: boardwalk account add NAME --role admin',
  );
}

/** An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
function urlOf(host: string, port: number): string {
  return `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}

function claimFor({ dataDirectory, host, port }: Configuration): BenchClaim {
  return claimBench(dataDirectory, { what: 'the station', url: urlOf(host, port) });
}

/** Names what a dead process left, then takes up work whenever the bench changes. */
async function begin(
  app: NestExpressApplication,
  bench: Bench,
  dispatcher: Dispatcher,
  log: Logger,
): Promise<void> {
  await app.get(OldRuns).begin();
  const interrupted = await dispatcher.recover();
  await app.get(ReservationExpiry).begin();
  if (interrupted > 0) log.warn({ interrupted }, 'runs were interrupted by the last end of the station');
  const events = app.get(EventLog);
  bench.onChange(({ type, slot }) => {
    const data = { slot: slot.name, port: slot.port, probe: slot.probe?.serial ?? null, note: slot.note };
    const changes: Entry[] = type === 'slot.changed' ? [] : [{ type, data }];
    events
      .recordAll([...changes, { type: 'slot.changed', data: slot }])
      .catch((cause: unknown) => log.error({ err: cause }, 'an event could not be stored'));
    dispatcher.dispatch();
  });
  dispatcher.dispatch();
}

/** Says in the record that the station opened; then the day's anchor and the retention rule, now and as days pass. */
async function keepRecords(
  { dataDirectory, keepEventDays }: Configuration,
  database: Database,
  events: EventLog,
  identity: StationIdentity,
  log: Logger,
): Promise<() => void> {
  await events.recordChange('station.opened', identity);
  const anchors = new DailyAnchors(database, dataDirectory, log);
  const retention = keepEventDays === undefined ? null : new Retention(database, events, keepEventDays);
  const keep = async (): Promise<void> => {
    const now = new Date();
    await retention?.apply(now);
    await anchors.keep(now);
  };
  await keep();
  const failed = (cause: unknown): void => log.error({ err: cause }, 'the records could not be kept');
  const quiet = events.onEvent(({ type, data }) => {
    if (type === 'work-order.changed' && data.state === 'completed')
      anchors.completed(data.id, new Date()).catch(failed);
  });
  const clock = setInterval(() => void keep().catch(failed), KEEP_MS);
  return () => {
    quiet();
    clearInterval(clock);
  };
}

/** Whether the demo is on: as the configuration says, else on a virtual bench whose boards nobody named. */
function wantsDemo({ demo, boardsNamed }: Configuration): boolean {
  return demo ?? !boardsNamed;
}

async function listen(app: NestExpressApplication, { host, port }: Configuration): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE') {
      const remedy = 'Stop the other program, or set BOARDWALK_PORT.';
      throw new StartError('port-unusable', `Port ${port} is taken.`, remedy, { cause });
    }
    if (code === 'EACCES') {
      const says = `Port ${port} needs rights that this user does not have.`;
      throw new StartError('port-unusable', says, 'Set BOARDWALK_PORT above 1023.', { cause });
    }
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
