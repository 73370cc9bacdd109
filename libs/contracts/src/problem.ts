import { z } from 'zod';
import { REFUSALS, REST_CODES } from './refusals/table.ts';

/** Every code with its status and meaning, as the API document shows it. */
const CODES_IN_WORDS = REST_CODES.map((code) => {
  const { status, retryable, means } = REFUSALS[code];
  return `- \`${code}\` (${status}${retryable ? ', retryable' : ''}): ${means}`;
}).join('\n');

/** RFC 9457 problem details with a stable `code`, whether a retry may help, and one entry per wrong field. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.string().meta({
      description: `A stable code; later versions may add more.\n\n${CODES_IN_WORDS}`,
      'x-extensible-enum': REST_CODES,
    }),
    retryable: z.boolean(),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON pointer (RFC 6901)' }),
          detail: z.string(),
        }),
      )
      .optional(),
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .meta({
        description:
          'the values in `detail`, and as `sentence` which sentence of `code` it is: for other languages',
      }),
  })
  .meta({
    id: 'Problem',
    examples: [
      {
        type: 'urn:boardwalk:problem:invalid',
        title: 'Bad Request',
        status: 400,
        detail: 'The request is not valid: /count: must be at least 1',
        instance: '/api/v1/jobs',
        code: 'invalid',
        retryable: false,
        errors: [{ pointer: '/count', detail: 'must be at least 1' }],
      },
    ],
  });
export type Problem = z.infer<typeof Problem>;
