import { StandardSchemaValidationPipe } from '@nestjs/common';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { ProblemException } from '../problems/problems.ts';
import { MOST_ERRORS } from './most-errors.ts';
import { LONG_REQUESTS } from './long-requests.ts';
import { validateInPages } from './validate-in-pages.ts';

type PathSegment = PropertyKey | { readonly key: PropertyKey };
/** Of a name that the sender chose, in a pointer or a sentence. */
const LONGEST_TEXT = 300;

interface Issue {
  readonly message: string;
  readonly path?: readonly PathSegment[] | undefined;
}

type Validation = ReturnType<StandardSchemaValidationPipe['validate']>;

/** Long lists are taken page by page. */
class ValidationPipe extends StandardSchemaValidationPipe {
  protected override validate(
    ...[value, schema, options]: Parameters<StandardSchemaValidationPipe['validate']>
  ): Validation {
    const long = LONG_REQUESTS.get(schema);
    const list: unknown = (value as Record<string, unknown> | null | undefined)?.[long?.list ?? ''];
    if (!long || !Array.isArray(list) || list.length <= PAGE_ITEMS)
      return super.validate(value, schema, options);
    return validateInPages(long, value as object) as Validation;
  }

  /** Would walk the whole value at once. The schemas refuse or drop the key `__proto__` themselves. */
  protected override stripProtoKeys(): void {}
}

/** Validates what handlers take by their zod schema; a 400 names each wrong field by JSON pointer. */
export const validationPipe = new ValidationPipe({
  exceptionFactory: (issues) => {
    const errors = firstErrors(issues);
    const first = errors[0];
    const where = first?.pointer ? `${first.pointer}: ` : '';
    const more = errors.length === MOST_ERRORS ? ` Only the first ${MOST_ERRORS} errors are listed.` : '';
    return new ProblemException(
      400,
      'invalid',
      `The request is not valid: ${where}${first?.detail ?? ''}${more}`,
      errors,
    );
  },
});

function firstErrors(issues: readonly Issue[]): { pointer: string; detail: string }[] {
  const errors: { pointer: string; detail: string }[] = [];
  for (const issue of issues) {
    errors.push(...errorsOf(issue));
    if (errors.length >= MOST_ERRORS) break;
  }
  return errors
    .slice(0, MOST_ERRORS)
    .map(({ pointer, detail }) => ({ pointer: shortened(pointer), detail: shortened(detail) }));
}

function shortened(text: string): string {
  return text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}

/** A field too many is named itself, not the object that holds it. */
function errorsOf(issue: Issue): { pointer: string; detail: string }[] {
  const { path = [], message } = issue;
  const unknown =
    'keys' in issue && Array.isArray(issue.keys) ? (issue.keys as PropertyKey[]).slice(0, MOST_ERRORS) : [];
  if (unknown.length === 0) return [{ pointer: pointerOf(path), detail: message }];
  return unknown.map((key) => ({
    pointer: pointerOf([...path, key]),
    detail: 'There is no such field here.',
  }));
}

/** RFC 6901. */
function pointerOf(path: readonly PathSegment[]): string {
  return path
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
