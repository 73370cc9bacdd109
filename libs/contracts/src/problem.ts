import { z } from 'zod';

/** RFC 9457 problem details with a stable `code`, whether a retry may help, and one entry per wrong field. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().optional(),
    code: z.string(),
    retryable: z.boolean(),
    errors: z
      .array(
        z.object({
          pointer: z.string().meta({ description: 'JSON pointer (RFC 6901)' }),
          detail: z.string(),
        }),
      )
      .optional(),
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
