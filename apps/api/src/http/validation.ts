import { fieldErrors, fieldInWords, type FieldError, type FieldIssue } from '@boardwalk/contracts';
import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { ProblemException } from '../problems/problems.ts';
import { MOST_ERRORS } from './most-errors.ts';
import { LONG_REQUESTS } from './long-requests.ts';
import { validateInPages } from './validate-in-pages.ts';

/** Of a name that the sender chose, in a pointer or a sentence. */
const LONGEST_TEXT = 300;

/** Validates what handlers take by their zod schema, long lists page by page. */
class ValidationPipe extends StandardSchemaValidationPipe {
  constructor() {
    super({ exceptionFactory: refusal });
  }

  override async transform<T = unknown>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const long = LONG_REQUESTS.get(metadata.schema);
    const list: unknown = long && (value as Record<string, unknown> | null | undefined)?.[long.list];
    if (!long || !Array.isArray(list) || list.length <= PAGE_ITEMS) return super.transform(value, metadata);
    const result = await validateInPages(long, value as object);
    if ('issues' in result) throw refusal(result.issues);
    return result.value as T;
  }
}

export const validationPipe = new ValidationPipe();

/** A 400 that names each wrong field by JSON pointer. */
function refusal(issues: readonly FieldIssue[]): ProblemException {
  const errors = firstErrors(issues);
  const more = errors.length === MOST_ERRORS ? ` Only the first ${MOST_ERRORS} errors are listed.` : '';
  const why = `${fieldInWords(errors[0]!)}${more}`;
  return new ProblemException('invalid:fields', { why }, { errors });
}

function firstErrors(issues: readonly FieldIssue[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const issue of issues) {
    errors.push(...fieldErrors(issue, MOST_ERRORS));
    if (errors.length >= MOST_ERRORS) break;
  }
  return errors
    .slice(0, MOST_ERRORS)
    .map(({ pointer, detail }) => ({ pointer: shortened(pointer), detail: shortened(detail) }));
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
