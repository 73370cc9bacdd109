import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** scrypt at 32 MiB and about 0.1 s (RFC 7914; N, r, p as OWASP's list of equal strengths has them). */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } as const;
const DIGEST_BYTES = 32;
const TOKEN_BYTES = 32;

/** A bearer token: 256 random bits. The prefix lets a leak be found by a search. */
export function newToken(): string {
  return `bwt_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
}

/**
 * A token's digest as it is stored. SHA-256 is right here: 256 random bits cannot be guessed, so slowness would
 * protect nothing, and a token is looked up at every request.
 */
export function tokenDigest(token: string): string {
  return createHash('sha256').update(token, 'utf8').digest('hex');
}

/** The digest of what a person can remember or a badge can hold: slow and memory-hard, because it can be guessed. */
function slowDigest(secret: string, salt: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(secret.normalize('NFKC'), salt, DIGEST_BYTES, COST, (failure, digest) => {
      if (failure) reject(failure);
      else resolve(digest);
    });
  });
}

/** A badge's digest under the station's one salt: equal badges have equal digests, so a scan finds its account. */
export async function badgeDigest(code: string, stationSalt: string): Promise<string> {
  return (await slowDigest(code.trim(), stationSalt)).toString('hex');
}

/** `scrypt$N$r$p$salt$digest`, with a salt of its own. */
export async function passwordHash(password: string): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  const digest = await slowDigest(password, salt);
  return ['scrypt', COST.N, COST.r, COST.p, salt, digest.toString('hex')].join('$');
}

/** Takes as long for no account at all, so that the time does not tell which names exist. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, , , , salt, hex] = (stored ?? `scrypt$$$$${'0'.repeat(32)}$`).split('$');
  const digest = await slowDigest(password, salt ?? '');
  const expected = Buffer.from(hex ?? '', 'hex');
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}
