/** The token of `Authorization: Bearer …` (RFC 6750 §2.1). */
export function bearerOf(authorization: string | undefined): string | undefined {
  return /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
}
