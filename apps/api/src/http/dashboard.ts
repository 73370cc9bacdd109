import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type nextServer from 'next';
import { pagePolicy } from './page-policy.ts';

const OWN_PATHS = /^\/(api\/|healthz$|readyz$|metrics$)/;

/** Serves the dashboard from this process and port; false when it was not built. */
export async function serveDashboard(app: NestExpressApplication): Promise<boolean> {
  const folder = dirname(createRequire(import.meta.url).resolve('@boardwalk/dashboard/package.json'));
  if (!existsSync(join(folder, '.next', 'BUILD_ID'))) return false;
  const { default: next } = (await import('next')) as unknown as { default: typeof nextServer.default };
  const server = next({ dev: false, dir: folder, httpServer: app.getHttpServer() });
  await server.prepare();
  const handle = server.getRequestHandler();
  const policy = pagePolicy(join(folder, '.next', 'server', 'app'));
  app.use((request: Request, response: Response, nextHandler: NextFunction) => {
    if (OWN_PATHS.test(request.path)) return nextHandler();
    response.setHeader('Content-Security-Policy', policy);
    void handle(request, response);
  });
  return true;
}
