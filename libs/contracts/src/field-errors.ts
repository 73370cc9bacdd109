type PathSegment = PropertyKey | { readonly key: PropertyKey };

/** What a schema finds wrong with a value. */
export interface FieldIssue {
  readonly message: string;
  readonly path?: readonly PathSegment[] | undefined;
}

/** A wrong field of a request, by its JSON pointer (RFC 6901). */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

/** The wrong fields of an issue; a field too many is named itself, not the object that has it. */
export function fieldErrors(issue: FieldIssue, most = Infinity): FieldError[] {
  const { path = [], message } = issue;
  const unknown =
    'keys' in issue && Array.isArray(issue.keys) ? (issue.keys as PropertyKey[]).slice(0, most) : [];
  if (unknown.length === 0) return [{ pointer: pointerOf(path), detail: message }];
  return unknown.map((key) => ({
    pointer: pointerOf([...path, key]),
    detail: 'There is no such field here.',
  }));
}

/** The error in words, as the sentence `invalid:fields` has it. */
export function fieldInWords({ pointer, detail }: FieldError): string {
  return pointer === '' ? detail : `${pointer}: ${detail}`;
}

function pointerOf(path: readonly PathSegment[]): string {
  return path
    .map((segment) => String(typeof segment === 'object' ? segment.key : segment))
    .map(pointerStep)
    .join('');
}

/** One step of a JSON pointer (RFC 6901 §3), with its slash. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
