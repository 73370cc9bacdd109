import { createDocument, type ZodOpenApiComponentsObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { ROUTES } from '../routes/index.ts';
import type { RouteRow } from '../routes/row.ts';
import { operationOf } from './openapi-operation.ts';
import { schemasOfParameters } from './openapi-parameters.ts';
import { SCHEMA_OPTIONS } from './openapi-schemas.ts';

const INFO = {
  title: 'Boardwalk station',
  description: 'A production flashing station. Times are RFC 3339 in UTC, register values hex with 0x.',
};

export type OpenApiDocument = ReturnType<typeof createDocument>;

/** The OpenAPI 3.1 document, from the rows that validate and guard. */
export function openApiOf(version: string): OpenApiDocument {
  const rows = ROUTES.filter(({ tag }) => tag !== null);
  return createDocument(
    {
      openapi: '3.1.0',
      info: { ...INFO, version },
      paths: pathsOf(rows),
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
        schemas: schemasOfParameters(rows) as ZodOpenApiComponentsObject['schemas'],
      },
    },
    SCHEMA_OPTIONS,
  );
}

function pathsOf(rows: readonly RouteRow[]): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const row of rows) {
    const path = row.path.replace(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: operationOf(row) };
  }
  return paths;
}
