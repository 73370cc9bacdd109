/** The values of one byte that differs from board to board; `decimal` writes them as two decimal digits. */
export interface FreeByte {
  readonly from: number;
  readonly to: number;
  readonly decimal?: true;
}

/** The 12 bytes of the unique id, first byte of word 0 first; null: the same on every board. */
export type FreeBytes = readonly (FreeByte | null)[];

export type UniqueId = readonly [number, number, number];

/**
 * The first prime above 2^64 divided by the golden ratio, so coprime with every count of ids that bytes can give: numbers in a
 * row get ids that look unrelated, and still no two numbers share one.
 */
const STEP = 11_400_714_819_323_198_549n;

/** A global that a test of a million ids uses, looked up once. */
const toNumber = Number;

interface Sizes {
  readonly count: bigint;
  /** The number of values of each byte. */
  readonly each: readonly bigint[];
}

const sizes = new WeakMap<FreeBytes, Sizes>();

function sizesOf(free: FreeBytes): Sizes {
  let known = sizes.get(free);
  if (!known) {
    const each = free.map((byte) => BigInt(byte ? byte.to - byte.from + 1 : 1));
    known = { count: each.reduce((product, size) => product * size, 1n), each };
    sizes.set(free, known);
  }
  return known;
}

/** The number of different ids that these bytes give. */
export function idCount(free: FreeBytes): bigint {
  return sizesOf(free).count;
}

/**
 * The unique id of the board with this number, which is not negative. Two boards share one only if their numbers differ by a multiple of
 * {@link idCount}.
 */
export function uniqueIdOf(base: UniqueId, free: FreeBytes, number: bigint): UniqueId {
  const { count, each } = sizesOf(free);
  let rest = (number * STEP) % count;
  const words: [number, number, number] = [base[0], base[1], base[2]];
  for (let at = 0; at < free.length; at += 1) {
    const byte = free[at];
    if (!byte) continue;
    const size = each[at]!;
    const shift = 8 * (3 - (at % 4));
    const value = coded(byte, byte.from + toNumber(rest % size));
    words[at >> 2] = ((words[at >> 2]! & ~(0xff << shift)) | (value << shift)) >>> 0;
    rest /= size;
  }
  return words;
}

function coded({ decimal }: FreeByte, value: number): number {
  return decimal ? (Math.floor(value / 10) << 4) | (value % 10) : value;
}
