import type { NestExpressApplication } from '@nestjs/platform-express';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { openApiOf } from './openapi.ts';

const DOCUMENT = '/api/openapi.json';
const PAGE = '/api/docs';

/** No script is in the markup: the Content-Security-Policy refuses it. */
const MARKUP = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API · Boardwalk</title>
<link rel="stylesheet" href="${PAGE}/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="${PAGE}/swagger-ui-bundle.js"></script>
<script src="${PAGE}/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: '${DOCUMENT}', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Serves the OpenAPI document, and Swagger UI's page of it for people. */
export function serveApiPage(app: NestExpressApplication, version: string): void {
  const document = openApiOf(version);
  const express = app.getHttpAdapter().getInstance();
  express.get(DOCUMENT, (_, response) => void response.json(document));
  express.get(PAGE, (_, response) => void response.type('html').send(MARKUP));
  express.get(`${PAGE}/start.js`, (_, response) => void response.type('js').send(START));
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  app.useStaticAssets(folder, { prefix: PAGE, index: false });
}
