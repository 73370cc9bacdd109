import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { json, raw } from 'express';
import multer from 'multer';
import { isUtf8 } from 'node:buffer';
import { invalid } from '../problems/problems.ts';
import { repeatedKey } from './repeated-key.ts';

/** An image for the largest F1 in its most verbose form is below this. */
const LARGEST_UPLOAD_BYTES = 16 * 1024 * 1024;
/** Beside the file a form holds a word or two: fields are kept in memory before anyone is asked who sends them. */
const FORM_LIMITS = { fields: 8, parts: 9, fieldSize: 4096, fieldNameSize: 100, headerPairs: 20 };
const LARGEST_JSON_BYTES = 2 * 1024 * 1024;
const TOO_MUCH: ReadonlySet<string> = new Set([
  ...['LIMIT_FILE_SIZE', 'LIMIT_FILE_COUNT', 'LIMIT_PART_COUNT'],
  ...['LIMIT_FIELD_COUNT', 'LIMIT_FIELD_VALUE', 'LIMIT_FIELD_KEY'],
]);
const JSON_TYPES = ['application/json', 'application/*+json'];

/** How bodies are read: bounded before anything is kept. */
export function useBodyParsers(app: NestExpressApplication): void {
  const file = multer({
    storage: multer.memoryStorage(),
    limits: { fileSize: LARGEST_UPLOAD_BYTES, files: 1, ...FORM_LIMITS },
  }).single('file');
  const bytes = raw({ type: () => true, limit: LARGEST_UPLOAD_BYTES });
  app.use('/api/v1/images', (request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'POST') return next();
    const parse = request.is('multipart/form-data') ? file : bytes;
    void parse(request, response, (cause?: unknown) => next(asRefusal(cause)));
  });
  const body = json({ limit: LARGEST_JSON_BYTES, strict: false, type: JSON_TYPES, verify: checkJson });
  app.use('/api', (request: Request, response: Response, next: NextFunction) => {
    if (request.path.startsWith('/v1/images')) return next();
    if (request.path.startsWith('/v1/') && hasBody(request) && !request.is([...JSON_TYPES]))
      return next(refusal(415, 'Send the body as JSON, with the header "Content-Type: application/json".'));
    body(request, response, next);
  });
}

/** RFC 9112 §6: what says that a body follows. An empty one is none: generated clients send its type all the same. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** What is wrong with a JSON body before it is parsed. @throws ProblemException, and errors with a status */
function checkJson(request: unknown, response: unknown, bytes: Buffer, charset: string): void {
  requireUtf8(request, response, bytes, charset);
  const pointer = repeatedKey(textOf(bytes, charset));
  if (pointer === null) return;
  throw invalid(`The body has the key ${pointer} twice; send it once.`, pointer);
}

function textOf(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    throw refusal(415, `The charset ${charset} cannot be read. Send the body as JSON in UTF-8.`);
  }
}

/** A byte that is no UTF-8 would be stored as a replacement character: two serials could become one. */
function requireUtf8(_request: unknown, _response: unknown, bytes: Buffer, charset: string): void {
  if (charset === 'utf-8' && !isUtf8(bytes)) throw refusal(400, 'The body is not UTF-8, as JSON has to be.');
}

/** An upload that cannot be read, as the HTTP status that it means. */
function asRefusal(cause: unknown): unknown {
  if (cause instanceof multer.MulterError)
    return Object.assign(cause, { status: TOO_MUCH.has(cause.code) ? 413 : 400 });
  // The multipart parser throws plain errors for a body that it cannot take apart.
  if (!(cause instanceof Error) || 'status' in cause || 'code' in cause) return cause;
  return refusal(400, `The upload cannot be read: ${cause.message}.`);
}

function refusal(status: number, says: string): Error {
  return Object.assign(new Error(says), { status });
}
