import { StandardSchemaValidationPipe } from '@nestjs/common';
import { ProblemException } from './problems.ts';

type PathSegment = PropertyKey | { readonly key: PropertyKey };

/** Validates what handlers take by their zod schema; a 400 names each wrong field by JSON pointer. */
export const validationPipe = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.map(({ path, message }) => ({ pointer: pointerOf(path ?? []), detail: message }));
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

/** RFC 6901. */
function pointerOf(path: readonly PathSegment[]): string {
  return path
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .map((key) => `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}
