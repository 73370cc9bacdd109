/** Jest's text matcher with a type: it stands where a string is expected. */
export function textLike(part: RegExp): string {
  const matcher: unknown = expect.stringMatching(part);
  return matcher as string;
}
