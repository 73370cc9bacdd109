import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** The OpenAPI 3.1 document from the same schemas that validate, and its page for people. */
export function serveOpenApi(app: INestApplication, version: string): void {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Boardwalk station')
    .setDescription('A production flashing station. Times are RFC 3339 in UTC, register values hex with 0x.')
    .setVersion(version)
    .addBearerAuth();
  const document = SwaggerModule.createDocument(app, builder.build());
  SwaggerModule.setup('api/docs', app, document, { jsonDocumentUrl: 'api/openapi.json' });
}
