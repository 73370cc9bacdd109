import type { Series } from './series.ts';

/** What the signature words of a chip say, each as it was read. */
export interface SignatureFacts {
  /** The low half is the flash size in KiB. */
  readonly sizeWord: number;
  readonly uid: readonly number[];
}

/** @param words the words from `signature.from`, as many as the series has */
export function readSignature({ signature }: Series, words: ArrayLike<number>): SignatureFacts {
  const at = (address: number): number => words[(address - signature.from) >>> 2]!;
  return {
    sizeWord: at(signature.flashSize),
    uid: [0, 4, 8].map((offset) => at(signature.uid + offset)),
  };
}

/** A unique id in words as 24 hex digits. */
export function uidText(uid: readonly number[]): string {
  return uid.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}
