import { Problem, REFUSALS, type RefusalCode } from '@boardwalk/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { rolesThatMay } from '../accounts/permissions.ts';
import { ANY_ROLE, NEW_WORK, OPEN, ruleOf, type RouteRule } from '../accounts/route-rules.ts';
import { CSV_HEAD } from './list-route.ts';
import { MAY_ANSWER, STORAGE_CODES } from './may-answer.ts';
import { contractSchema } from './openapi-schemas.ts';
import { REASON_HEADER } from './read-caller.ts';
import { exampleOf, type JsonSchema, type Schemas } from './schema-example.ts';

interface Content {
  schema?: JsonSchema;
  example?: unknown;
  examples?: Record<string, unknown>;
}
interface Answer {
  description: string;
  headers?: Record<string, unknown>;
  content?: Record<string, Content>;
}
interface Operation {
  parameters?: { in: string; name: string; schema?: JsonSchema; example?: unknown }[];
  requestBody?: { required?: boolean; content: Record<string, Content> };
  responses: Record<string, Answer>;
  security?: unknown;
  [MAY_ANSWER]?: RefusalCode[];
  [CSV_HEAD]?: string;
  [RAW_BODY]?: string;
}

/** In the document, until it is complete: the route takes the bytes themselves as its body too. */
export const RAW_BODY = 'x-raw-body';

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Codes that are answered with Retry-After. */
const COMES_AGAIN: ReadonlySet<RefusalCode> = new Set([
  'too-many-failures',
  'queue-full',
  'idempotency-in-progress',
  'not-stored',
  ...STORAGE_CODES.filter((code) => REFUSALS[code].retryable),
]);

/** Bodies that may be left out. */
const OPTIONAL_BODIES = new Set(['#/components/schemas/ActionBody', '#/components/schemas/CreateToken']);

/**
 * Adds to each operation what its schemas imply: an example of every body, the problems it may answer with their
 * codes, and the table that a list is for whoever accepts `text/csv`.
 */
export function completeOpenApi(document: OpenAPIObject): OpenAPIObject {
  const schemas = (document.components!.schemas ??= {}) as Record<string, JsonSchema>;
  schemas['Problem'] = problemSchema();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, Operation>))
      completeOperation(operation, { method, path }, schemas);
  }
  return document;
}

function problemSchema(): JsonSchema {
  return contractSchema(Problem, { schemaType: 'output' })!.components!['Problem'] as JsonSchema;
}

function completeOperation(operation: Operation, route: Route, schemas: Schemas): void {
  for (const parameter of operation.parameters ?? [])
    parameter.example ??= exampleOf(parameter.schema ?? {}, schemas);
  if (route.method === 'get') dropReason(operation);
  const body = operation.requestBody;
  const raw = operation[RAW_BODY];
  if (body && raw !== undefined)
    body.content['application/octet-stream'] = {
      schema: { type: 'string', format: 'binary' },
      example: raw,
    };
  if (body) {
    giveExamples(body.content, schemas);
    if (OPTIONAL_BODIES.has(body.content['application/json']?.schema?.$ref ?? '')) body.required = false;
  }
  for (const [status, answer] of Object.entries(operation.responses)) {
    answer.description ||= STATUS_CODES[Number(status)] ?? status;
    giveExamples(answer.content ?? {}, schemas);
    const head = operation[CSV_HEAD];
    if (head !== undefined && status === '200')
      (answer.content ??= {})['text/csv'] = { schema: { type: 'string' }, example: head };
  }
  const rule = ruleOf(route.method.toUpperCase(), route.path.replace(/\{(\w+)\}/g, ':$1'));
  if (rule !== OPEN && rule !== ANY_ROLE)
    operation.responses['403'] = {
      description: `The role may not; it takes ${rolesThatMay(rule).join(' or ')}.`,
    };
  for (const code of problemsOf(operation, route.path, rule)) addProblem(operation, code, route.path);
  delete operation[MAY_ANSWER];
  delete operation[CSV_HEAD];
  delete operation[RAW_BODY];
}

/** The framework knows parameters of all operations; a reason is for changes. */
function dropReason(operation: Operation): void {
  operation.parameters = (operation.parameters ?? []).filter(
    ({ name }) => name.toLowerCase() !== REASON_HEADER,
  );
}

function giveExamples(content: Record<string, Content>, schemas: Schemas): void {
  for (const part of Object.values(content)) {
    if (part.schema && part.example === undefined && part.examples === undefined)
      part.example = exampleOf(part.schema, schemas);
  }
}

/** What the route says itself, and what every route of its shape may answer. */
function problemsOf(operation: Operation, path: string, rule: RouteRule): RefusalCode[] {
  const taken = operation.parameters?.filter((parameter) => parameter.in !== 'header') ?? [];
  return [
    ...(operation.requestBody || taken.some((parameter) => parameter.in === 'query')
      ? (['invalid'] as const)
      : []),
    'unauthorized',
    'too-many-failures',
    'internal',
    ...(rule === OPEN || rule === ANY_ROLE ? [] : (['forbidden'] as const)),
    ...(NEW_WORK.has(rule) ? STORAGE_CODES : []),
    ...(path.includes('{') ? (['not-found'] as const) : []),
    ...(operation.requestBody ? (['too-large', 'wrong-type'] as const) : []),
    ...(operation[MAY_ANSWER] ?? []),
  ];
}

function addProblem(operation: Operation, code: RefusalCode, path: string): void {
  const { means, retryable, ...row } = REFUSALS[code];
  const status = row.status!;
  const answer = (operation.responses[status] ??= { description: STATUS_CODES[status]! });
  const content = ((answer.content ??= {})['application/problem+json'] ??= {
    schema: { $ref: '#/components/schemas/Problem' },
    examples: {},
  });
  if (COMES_AGAIN.has(code))
    answer.headers = { 'Retry-After': { description: 'seconds', schema: { type: 'integer' }, example: 1 } };
  const type = `urn:boardwalk:problem:${code}`;
  const title = STATUS_CODES[status];
  const value = { type, title, status, detail: means, instance: path, code, retryable };
  (content.examples ??= {})[code] = { summary: means, value };
}
