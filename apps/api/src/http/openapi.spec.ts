import * as contracts from '@boardwalk/contracts';
import { REST_CODES } from '@boardwalk/contracts';
import { Bench } from '@boardwalk/station';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { z } from 'zod';
import { AppModule } from '../app-module.ts';
import { readConfiguration } from '../settings/configuration.ts';
import { openDatabase, type Database } from '../persistence/database.ts';
import { HOST_CLOCK } from '../clock/clock.ts';
import { StationNotes } from '../status/station-notes.ts';
import { StorageWatch } from '../status/storage-watch.ts';
import { openApiOf } from './openapi.ts';
import { exampleOf, type JsonSchema } from './schema-example.ts';

/** What clients are generated from: a change to it is a change to every client, and shows here as a diff. */
const COMMITTED = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url));
/** For probes of the host and for people: no part of the MES's door. */
const UNDOCUMENTED = new Set(['/healthz', '/readyz', '/metrics']);

let folder: string;
let database: Database;
let app: INestApplication;
let document: OpenAPIObject;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'boardwalk-openapi-'));
  const configuration = readConfiguration({ BOARDWALK_DATA: folder });
  database = openDatabase(configuration.databaseFile);
  const bus = { devices: async () => [], onChange: () => () => undefined, close: async () => undefined };
  const bench = await Bench.open({ bus, pollMs: 0 });
  const identity = { station: 'test', stationId: 'stn_test', version: '0.1.0', bench: 'virtual' } as const;
  const log = pino({ level: 'silent' });
  app = await NestFactory.create(
    AppModule.of({
      configuration,
      identity,
      database,
      bench,
      storage: new StorageWatch(),
      notes: new StationNotes(),
      clock: HOST_CLOCK,
      virtual: null,
      lastEventAt: null,
      log,
    }),
    {
      logger: false,
    },
  );
  await app.init();
  document = JSON.parse(JSON.stringify(openApiOf('0.1.0'))) as OpenAPIObject;
});
afterAll(async () => {
  await app.close();
  await database.$disconnect();
  rmSync(folder, { recursive: true, force: true });
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

type Content = Record<string, { example?: unknown; examples?: object }>;

interface Operation {
  operationId: string;
  parameters?: { name: string; example?: unknown }[];
  requestBody?: { content: Content };
  responses: Record<string, { content?: Content }>;
}

function operations(): { name: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      name: `${method} ${path}`,
      operation,
    })),
  );
}

test('every route that the station answers is in the document', () => {
  const { stack } = (app.getHttpAdapter().getInstance() as { router: { stack: Layer[] } }).router;
  const routes = stack.flatMap(({ route }) =>
    route
      ? Object.keys(route.methods).map((method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`)
      : [],
  );
  const served = routes.filter((route) => !UNDOCUMENTED.has(route.split(' ')[1]!));
  expect(served.length).toBeGreaterThan(30);
  expect(
    operations()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...new Set(served)].sort());
});

test('every operation has a name of its own, an example of each body and parameter, and its problems', () => {
  const ids = operations().map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, operation } of operations()) {
    const { parameters = [], requestBody, responses } = operation;
    for (const parameter of parameters)
      expect([name, parameter.name, parameter.example ?? null]).not.toContain(null);
    const bodies: { content?: Content }[] = [requestBody ?? {}, ...Object.values(responses)];
    const parts = bodies.flatMap(({ content }) => Object.values(content ?? {}));
    expect([name, parts.filter(({ example, examples }) => example === undefined && !examples)]).toEqual([
      name,
      [],
    ]);
    expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['401'])]);
    for (const [status, { content }] of Object.entries(responses))
      if (Number(status) >= 400)
        expect([name, Object.keys(content ?? {})]).toEqual([name, ['application/problem+json']]);
  }
});

test('every example is one that its schema takes', () => {
  const schemas = document.components!.schemas as Record<string, JsonSchema>;
  const checked = Object.entries(schemas).flatMap(([name, schema]) => {
    const contract = (contracts as Record<string, unknown>)[name] as z.ZodType | undefined;
    if (!contract) return [];
    const result = contract.safeParse(exampleOf(schema, schemas));
    return [[name, result.error?.issues ?? []]];
  });
  expect(checked.length).toBeGreaterThan(30);
  expect(checked).toEqual(checked.map(([name]) => [name, []]));
});

test('every code that a request can be answered with is at the routes that answer it, and no other code is', () => {
  const codes = operations().flatMap(({ operation }) =>
    Object.values(operation.responses).flatMap(({ content }) =>
      Object.keys(content?.['application/problem+json']?.examples ?? {}),
    ),
  );
  // These two belong to no route: the method does not exist there, or the request never reached one.
  expect([...new Set([...codes, 'method-not-allowed', 'refused'])].sort()).toEqual([...REST_CODES].sort());
});

test('the document lists every code of the table with its status and meaning, and no other', () => {
  const { code } = (document.components!.schemas!['Problem'] as { properties: Record<string, JsonSchema> })
    .properties as { code: { 'x-extensible-enum': string[]; description: string } };
  expect(code['x-extensible-enum']).toEqual(REST_CODES);
  for (const each of REST_CODES) {
    const { status, means } = contracts.REFUSALS[each];
    expect(code.description).toMatch(new RegExp(`^- \`${each}\` \\(${status}[^)]*\\): `, 'm'));
    expect(code.description).toContain(means);
  }
});

test('the document is the committed one; after a change on purpose, run once with UPDATE_OPENAPI=1', () => {
  if (process.env['UPDATE_OPENAPI'] === '1')
    writeFileSync(COMMITTED, `${JSON.stringify(document, null, 2)}\n`);
  const committed: unknown = existsSync(COMMITTED) ? JSON.parse(readFileSync(COMMITTED, 'utf8')) : null;
  expect(document).toEqual(committed);
});
