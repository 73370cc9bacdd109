import { StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { PAGE_ITEMS } from '../persistence/pages.ts';
import { pointerStep } from '../problems/json-pointer.ts';
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
function refusal(issues: readonly Issue[]): ProblemException {
  const errors = firstErrors(issues);
  const first = errors[0];
  const where = first?.pointer ? `${first.pointer}: ` : '';
  const more = errors.length === MOST_ERRORS ? ` Only the first ${MOST_ERRORS} errors are listed.` : '';
  const why = `${where}${first?.detail ?? ''}${more}`;
  return new ProblemException('invalid:fields', { why }, { errors });
}

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
    .map(pointerStep)
    .join('');
}
