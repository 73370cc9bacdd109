import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { json, raw } from 'express';
import multer from 'multer';

/** An image for the largest F1 in its most verbose form is below this. */
const LARGEST_UPLOAD_BYTES = 16 * 1024 * 1024;
const LARGEST_JSON_BYTES = 2 * 1024 * 1024;

/** How bodies are read: bounded before anything is kept. */
export function useBodyParsers(app: NestExpressApplication): void {
  const file = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: LARGEST_UPLOAD_BYTES, files: 1 },
  }).single('file');
  const bytes = raw({ type: () => true, limit: LARGEST_UPLOAD_BYTES });
  app.use('/api/v1/images', (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'POST') return next();
    const parse = request.is('multipart/form-data') ? file : bytes;
    void parse(request, response, (cause?: unknown) => next(asTooLarge(cause)));
  });
  const body = json({ limit: LARGEST_JSON_BYTES, strict: false });
  app.use('/api', (request: Request, response: Response, next: NextFunction) => {
    if (request.path.startsWith('/v1/images')) return next();
    body(request, response, next);
  });
}

/** Multer's limits as the HTTP status that they mean. */
function asTooLarge(cause: unknown): unknown {
  if (!(cause instanceof multer.MulterError)) return cause;
  return Object.assign(cause, { status: cause.code === 'LIMIT_FILE_SIZE' ? 413 : 400 });
}
