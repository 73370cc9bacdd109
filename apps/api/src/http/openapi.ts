import type { INestApplication } from '@nestjs/common';
import { Problem } from '@boardwalk/contracts';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { rolesThatMay } from '../accounts/permissions.ts';
import { ANY_ROLE, NEW_WORK, OPEN, ruleOf } from '../accounts/route-rules.ts';

/** The OpenAPI 3.1 document from the same schemas that validate, and its page for people. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Boardwalk station')
    .setDescription('A production flashing station. Times are RFC 3339 in UTC, register values hex with 0x.')
    .setVersion(version)
    .addBearerAuth()
    .addGlobalParameters({
      name: 'Boardwalk-Reason',
      in: 'header',
      required: false,
      description: 'Why a change is made, for the record; percent-encoded where it is not plain ASCII.',
      schema: { type: 'string', maxLength: 500 },
    });
  const document: OpenAPIObject = SwaggerModule.createDocument(app, builder.build());
  addRefusals(document);
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
}

type Operation = OpenAPIObject['paths'][string]['get'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What the door answers stands at every route that has one, from the same table that the door goes by. */
function addRefusals(document: OpenAPIObject): void {
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problemSchema() },
  };
  for (const [path, item] of Object.entries(document.paths))
    for (const method of METHODS) describe(item[method], method, path.replace(/\{(\w+)\}/g, ':$1'));
}

function describe(operation: Operation, method: string, path: string): void {
  if (!operation) return;
  const rule = ruleOf(method.toUpperCase(), path);
  if (rule === OPEN) {
    operation.responses['401'] ??= refusal('The badge, or name and password, open no account.');
    operation.responses['429'] ??= refusal('Too many wrong logins from this address; see Retry-After.');
    return;
  }
  operation.responses['401'] ??= refusal('No token, or one that does not hold.');
  operation.responses['429'] ??= refusal('Too many wrong tokens from this address; see Retry-After.');
  if (rule === ANY_ROLE) return;
  operation.responses['403'] ??= refusal(`The role may not; it takes ${rolesThatMay(rule).join(' or ')}.`);
  if (NEW_WORK.has(rule))
    operation.responses['503'] ??= refusal(
      'The records cannot be written; nothing was stored, see Retry-After.',
    );
}

function refusal(description: string) {
  const schema = { $ref: '#/components/schemas/Problem' };
  return { description, content: { 'application/problem+json': { schema } } };
}

function problemSchema(): NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string] {
  const { $schema: _dialect, id: _id, ...schema } = z.toJSONSchema(Problem) as Record<string, unknown>;
  return schema;
}
