import { fieldErrors, fieldInWords } from '@boardwalk/contracts';
import type { z } from 'zod';
import { CommandError } from './errors.ts';

/** The filters that a file is asked with. @throws CommandError as a station refuses the same filters */
export function checkedQuery<Query>(schema: z.ZodType<Query>, query: object): Query {
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const [first] = fieldErrors(parsed.error.issues[0]!);
  throw new CommandError('invalid:fields', { why: fieldInWords(first!) });
}
