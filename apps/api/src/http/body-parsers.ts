import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { raw } from 'express';
import multer from 'multer';
import { MIMEType } from 'node:util';
import { bodyLimitOf } from '../routes/body-limits.ts';
import { patternOf } from '../routes/route-rules.ts';
import { askForBody } from './server-limits.ts';
import { ProblemException } from '../problems/problems.ts';
import { jsonBody } from './json-body.ts';
import { onTinyPieces } from './tiny-pieces.ts';

/** Next to its file a form holds a word or two. */
const FORM_LIMITS = { fields: 8, parts: 9, fieldSize: 4096, fieldNameSize: 100, headerPairs: 20 };
/** The most bytes that a form adds to its file. */
const FORM_BYTES = 64 * 1024;
const TOO_MUCH: ReadonlySet<string> = new Set([
  ...['LIMIT_FILE_SIZE', 'LIMIT_PART_COUNT'],
  ...['LIMIT_FIELD_COUNT', 'LIMIT_FIELD_VALUE', 'LIMIT_FIELD_KEY'],
]);
const JSON_TYPES = ['application/json', 'application/*+json'];
const UPLOAD = '/api/v1/images';

/** How bodies are read: after the door, each up to the limit of its route. */
export function useBodyParsers(app: NestExpressApplication): void {
  const parserOf = parsersByLimit();
  app.use('/api', (request: Request, response: Response, next: NextFunction) => {
    if (!hasBody(request)) return next();
    const pattern = patternOf(request.method, request.baseUrl + request.path);
    const limit = pattern === null ? 0 : bodyLimitOf(request.method, pattern);
    if (limit === 0) return next();
    if (Number(request.headers['content-length'] ?? 0) > limit + frameOf(pattern))
      return next(tooLarge(limit));
    if (pattern !== UPLOAD && !request.is(JSON_TYPES))
      return next(new ProblemException('wrong-type:body', {}));
    const kind = pattern !== UPLOAD ? 'json' : request.is('multipart/form-data') ? 'form' : 'bytes';
    const done = onceOnly((cause?: unknown) => next(asRefusal(cause, limit)));
    // The parsers answer only when a body that is too large has come to its end, which it may never do.
    countBytes(request, limit + frameOf(pattern), () => done(tooLarge(limit)));
    onTinyPieces(request, () => done(tinyPieces()));
    askForBody(request, response);
    void parserOf(kind, limit)(request, response, done);
  });
}

/** The file of a form is counted by the form's parser. */
function frameOf(pattern: string | null): number {
  return pattern === UPLOAD ? FORM_BYTES : 0;
}

function countBytes(request: Request, limit: number, onMore: () => void): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limit) onMore();
  });
}

function onceOnly(act: (cause?: unknown) => void): (cause?: unknown) => void {
  let done = false;
  return (cause) => {
    if (!done) act(cause);
    done = true;
  };
}

type Kind = keyof typeof PARSERS;

const PARSERS = {
  json: (limit: number) => asJson(raw({ type: () => true, limit })),
  bytes: (limit: number) => raw({ type: () => true, limit }),
  form: (fileSize: number) =>
    multer({ storage: multer.memoryStorage(), limits: { fileSize, files: 1, ...FORM_LIMITS } }).single(
      'file',
    ),
} satisfies Record<string, (limit: number) => RequestHandler>;

function parsersByLimit(): (kind: Kind, limit: number) => RequestHandler {
  const made = new Map<string, RequestHandler>();
  return (kind, limit) => {
    const key = `${kind} ${limit}`;
    let parser = made.get(key);
    if (!parser) made.set(key, (parser = PARSERS[kind](limit)));
    return parser;
  };
}

/** RFC 9112 §6: what says that a body follows. An empty one is none: generated clients send its type too. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function asJson(bytesOf: RequestHandler): RequestHandler {
  return (request, response, next) => {
    const parse = async (): Promise<void> => {
      const bytes = request.body as Buffer;
      // Chunked, with nothing in it: none, as with a length of 0.
      request.body = bytes.length === 0 ? undefined : await jsonBody(bytes, charsetOf(request));
    };
    void bytesOf(request, response, (cause?: unknown) => {
      if (cause) next(cause);
      else parse().then(() => next(), next);
    });
  };
}

/** RFC 8259 §8.1: UTF-8 where the sender names none. */
function charsetOf({ headers }: Request): string {
  const named = new MIMEType(headers['content-type'] ?? 'application/json').params.get('charset');
  return named?.toLowerCase() ?? 'utf-8';
}

/** An upload that cannot be read, as the HTTP status that it means. */
function asRefusal(cause: unknown, limit: number): unknown {
  if (cause instanceof multer.MulterError)
    return TOO_MUCH.has(cause.code) ? tooLarge(limit, cause) : wrongForm(cause);
  if (isTooLarge(cause)) return tooLarge(limit, cause);
  if (cause instanceof ProblemException) return cause;
  // The multipart parser throws plain errors for a body that it cannot take apart.
  if (!(cause instanceof Error) || 'status' in cause || 'code' in cause) return cause;
  return new ProblemException('invalid:upload', { why: cause.message });
}

/** A form with another file than the one that is taken. */
function wrongForm(cause: multer.MulterError): Error {
  if (cause.code === 'LIMIT_FILE_COUNT') return new ProblemException('invalid:files', {});
  if (cause.code === 'LIMIT_UNEXPECTED_FILE')
    return new ProblemException('invalid:file-field', { field: cause.field ?? '' });
  return Object.assign(cause, { status: 400 });
}

function isTooLarge(cause: unknown): boolean {
  return (cause as { type?: unknown } | undefined)?.type === 'entity.too.large';
}

function tooLarge(limit: number, cause?: unknown): Error {
  return new ProblemException('too-large:body', { limit }, { cause });
}

function tinyPieces(): Error {
  return new ProblemException('invalid:tiny-pieces', {});
}
