import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** What scrypt is made to cost (RFC 7914). */
interface Cost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 32 MiB and about 0.1 s, for new hashes (N, r, p as OWASP's list of equal strengths has them). */
const COST: Cost = { N: 2 ** 15, r: 8, p: 1 };
/** A stored hash that asks for more memory than this was not made by any version of this program. */
const MOST_BYTES = 512 * 1024 * 1024;
/** `p` multiplies the time alone. */
const MOST_PARALLEL = 16;
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
function slowDigest(secret: string, salt: string, cost: Cost = COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { ...cost, maxmem: 2 * memoryOf(cost) };
    scrypt(secret.normalize('NFKC'), salt, DIGEST_BYTES, options, (failure, digest) => {
      if (failure) reject(failure);
      else resolve(digest);
    });
  });
}

/** A badge's digest under the station's one salt: equal badges have equal digests, so a scan finds its account. */
export async function badgeDigest(code: string, stationSalt: string): Promise<string> {
  return (await slowDigest(code.trim(), stationSalt)).toString('hex');
}

/** `scrypt$N$r$p$salt$digest`, with a salt of its own; what it cost is in it, so that the cost can be raised. */
export async function passwordHash(password: string, cost: Cost = COST): Promise<string> {
  const salt = randomBytes(16).toString('hex');
  const digest = await slowDigest(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt, digest.toString('hex')].join('$');
}

/** Takes as long for no account at all, so that the time does not tell which names exist. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const { cost, salt, digest: expected } = partsOf(stored) ?? NOBODY;
  const digest = await slowDigest(password, salt, cost);
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}

const NOBODY = { cost: COST, salt: '0'.repeat(32), digest: Buffer.alloc(0) };

/** A stored hash; null where there is none, or one that no version of this program made. */
function partsOf(stored: string | null): typeof NOBODY | null {
  const [scheme, N, r, p, salt = '', hex = ''] = (stored ?? '').split('$');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const power = Number.isInteger(Math.log2(cost.N)) && cost.N > 1;
  const whole = Number.isInteger(cost.r) && Number.isInteger(cost.p) && cost.r > 0 && cost.p > 0;
  if (scheme !== 'scrypt' || !power || !whole) return null;
  if (memoryOf(cost) > MOST_BYTES || cost.p > MOST_PARALLEL) return null;
  return { cost, salt, digest: Buffer.from(hex, 'hex') };
}

/** RFC 7914 §2: 128 · N · r bytes, and 128 · r · p next to them. */
function memoryOf({ N, r, p }: Cost): number {
  return 128 * r * (N + p);
}
