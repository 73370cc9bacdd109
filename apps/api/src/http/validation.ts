import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemException } from '../problems/problems.ts';

type PathSegment = PropertyKey | { readonly key: PropertyKey };
interface Issue {
  readonly message: string;
  readonly path?: readonly PathSegment[] | undefined;
}

/** Validates what handlers take by their zod schema; a 400 names each wrong field by JSON pointer. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.flatMap(errorsOf);
    const first = errors[0];
    const where = first?.pointer ? `${first.pointer}: ` : '';
    return new ProblemException(
      400,
      'invalid',
      `The request is not valid: ${where}${first?.detail ?? ''}`,
      errors,
    );
  },
});

/** A field too many is named itself, not the object that holds it. */
function errorsOf(issue: Issue): { pointer: string; detail: string }[] {
  const { path = [], message } = issue;
  const unknown = 'keys' in issue && Array.isArray(issue.keys) ? (issue.keys as PropertyKey[]) : [];
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
