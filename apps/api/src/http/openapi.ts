import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { completeOpenApi } from './openapi-complete.ts';
import { contractSchema, nameSchemas } from './openapi-schemas.ts';

/** The OpenAPI 3.1 document, from the same schemas that validate. */
export function openApiOf(app: INestApplication, version: string): OpenAPIObject {
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
      schema: { type: 'string', maxLength: 500, example: 'Line%203%20changes%20over.' },
    });
  const document = SwaggerModule.createDocument(app, builder.build(), {
    // What generated clients call an operation: the name of its method, which is its own in the whole station.
    operationIdFactory: (_controller, method) => method,
    standardSchemaConverter: contractSchema,
  });
  return completeOpenApi(nameSchemas(document));
}

/** The document, and its page for people. */
export function serveOpenApi(app: INestApplication, version: string): void {
  SwaggerModule.setup('api/docs', app, openApiOf(app, version), { jsonDocumentUrl: 'api/openapi.json' });
}
