import type { Identity } from '@boardwalk/contracts';
import { readSignature, SERIES, type Series } from '@boardwalk/series';
import { isBlank, isLeftover, wordsOf } from './words.ts';

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
  /** The unique id reads as ones or as zeros, as it does where the whole signature does. */
  readonly blank: boolean;
}

/** SRAM in KiB that parts state in the upper half: old ones of ST, and GigaDevice's. */
const SRAM_KIB = [6, 8, 10, 20, 32, 48, 64, 80, 96];
const NOTHING: SignatureWords = {
  sizeKib: null,
  statesNoSize: false,
  sizeHigh: null,
  sizeCertain: false,
  uid: null,
  blank: false,
};

/** @param series the series that the other registers claim, by whose addresses the words were read if it has as many */
export function signatureOf({ signature }: Identity, series: Series): SignatureWords {
  // An identity without the words states nothing of them, whatever its other fields repeat.
  if (!signature) return NOTHING;
  const words = wordsOf(signature);
  const { sizeWord, uid } = readSignature(seriesOfWords(series, words.length), words);
  const isSizeRead = !isBlank(sizeWord) && !isLeftover(sizeWord);
  const sizeHigh = isSizeRead ? sizeWord >>> 16 : null;
  const sizeKib = isSizeRead ? sizeWord & 0xffff : null;
  const statesNoSize = sizeKib === 0 || sizeKib === 0xffff;
  const blank = uid.every(isBlank);
  return {
    sizeKib: statesNoSize ? null : sizeKib,
    statesNoSize,
    sizeHigh,
    sizeCertain: sizeHigh === 0xffff || (sizeHigh !== null && SRAM_KIB.includes(sizeHigh)),
    uid: blank || uid.some((word) => word == null) ? null : uid,
    blank,
  };
}

/** The series by whose addresses the words were read: the one that the reader took, if it has as many words. */
function seriesOfWords(claimed: Series, count: number): Series {
  if (claimed.signature.words === count) return claimed;
  return SERIES.find(({ signature }) => signature.words === count) ?? claimed;
}
