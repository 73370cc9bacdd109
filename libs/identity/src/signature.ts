import type { Identity } from '@boardwalk/contracts';
import { chipOf, readSignature, SERIES } from '@boardwalk/series';
import { isBlank, isLeftover, wordOf } from './words.ts';

/** The words that the maker writes into each chip, as far as they were read. */
export interface SignatureWords {
  /** Flash in KiB as stated; null: not read, or the chip states none. */
  readonly sizeKib: number | null;
  /** The word with the size was read, and the size in it is blank, as on a protected chip. */
  readonly statesNoSize: boolean;
  /** The upper half of that word. */
  readonly sizeHigh: number | null;
  /** The upper half is as on parts that are known: a garbled word rarely has that. */
  readonly sizeCertain: boolean;
  readonly uid: readonly number[] | null;
  /** The whole signature, or the unique id, reads as ones or as zeros. */
  readonly blank: boolean;
}

/** SRAM in KiB that parts state in the upper half: old ones of ST, and GigaDevice's. */
const SRAM_KIB = [6, 8, 10, 20, 32, 48, 64, 80, 96];
const NOTHING = { sizeKib: null, statesNoSize: false, sizeHigh: null, sizeCertain: false, uid: null };

export function signatureOf(identity: Identity): SignatureWords {
  const words = identity.signature?.map((word) => parseInt(word, 16)) ?? null;
  // An identity without the words states nothing of them, whatever its other fields repeat.
  if (!words) return { ...NOTHING, blank: false };
  const ones = words.every((word) => word === 0xffffffff);
  if (ones || words.every((word) => word === 0)) return { ...NOTHING, blank: true };
  const { sizeWord, uid } = readSignature(seriesOfWords(identity, words.length), words);
  const uidBlank = uid.every(isBlank);
  return {
    ...sizeOf(sizeWord),
    uid: uidBlank || uid.some((w) => w === undefined) ? null : uid,
    blank: uidBlank,
  };
}

/** The series by whose addresses the words were read: the one that the reader took, if it has as many words. */
function seriesOfWords(identity: Identity, count: number): (typeof SERIES)[number] {
  const { series } = chipOf(wordOf(identity.cpuid) ?? 0, wordOf(identity.deviceId) ?? 0);
  if (series.signature.words === count) return series;
  return SERIES.find(({ signature }) => signature.words === count) ?? series;
}

function sizeOf(word: number): Pick<SignatureWords, 'sizeKib' | 'statesNoSize' | 'sizeHigh' | 'sizeCertain'> {
  if (isBlank(word) || isLeftover(word)) return NOTHING;
  const [sizeHigh, low] = [word >>> 16, word & 0xffff];
  const statesNoSize = low === 0 || low === 0xffff;
  return {
    sizeKib: statesNoSize ? null : low,
    statesNoSize,
    sizeHigh,
    sizeCertain: sizeHigh === 0xffff || SRAM_KIB.includes(sizeHigh),
  };
}
