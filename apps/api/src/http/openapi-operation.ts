import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type {
  oas31,
  ZodOpenApiOperationObject,
  ZodOpenApiRequestBodyObject,
  ZodOpenApiResponseObject,
} from 'zod-openapi';
import { OPEN } from '../accounts/permissions.ts';
import type { Answer, Media } from '../routes/answer.ts';
import { answersOf, type RouteRow } from '../routes/row.ts';
import { columnsOf, csvOf } from './csv.ts';
import { parametersOf } from './openapi-parameters.ts';
import { problemAnswers } from './openapi-problems.ts';
import { exampleFor } from './openapi-schemas.ts';

/** A row as an operation of the document. */
export function operationOf(row: RouteRow): ZodOpenApiOperationObject {
  const answers = answersOf(row).map((answer) => [String(answer.status), answerOf(answer)]);
  return {
    operationId: row.operationId,
    summary: row.summary,
    tags: [row.tag!],
    ...(row.may === OPEN ? {} : { security: [{ bearer: [] }] }),
    parameters: parametersOf(row),
    ...(row.body || row.media ? { requestBody: bodyOf(row) } : {}),
    responses: { ...(Object.fromEntries(answers) as object), ...problemAnswers(row) },
  };
}

/** The body is required unless its schema takes a request without one. */
function bodyOf({ body, media = {} }: RouteRow): ZodOpenApiRequestBodyObject {
  if (!body) return { required: true, content: contentOf(media) };
  return { required: !body.safeParse(undefined).success, content: json(body, 'input') };
}

function answerOf({
  status,
  description,
  headers,
  schema,
  media = {},
  table,
}: Answer): ZodOpenApiResponseObject {
  const head = table && csvOf(columnsOf(table.item), []);
  const content = {
    ...(schema ? json(schema, 'output') : {}),
    ...(head === undefined ? {} : { 'text/csv': { schema: TEXT, example: head } }),
    ...contentOf(media),
  };
  return {
    description: description ?? STATUS_CODES[status]!,
    ...(headers ? { headers: headers as oas31.HeadersObject } : {}),
    ...(Object.keys(content).length > 0 ? { content } : {}),
  };
}

const TEXT = { type: 'string' as const };

const json = (schema: z.ZodType, io: 'input' | 'output') => ({
  'application/json': { schema, example: exampleFor(schema, io) },
});

/** A copy: the library writes into what it is given. */
const contentOf = (media: Media) => structuredClone(media) as Record<string, { example: unknown }>;
