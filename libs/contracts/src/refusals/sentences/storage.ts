import { STORAGE_ROWS } from '../storage.ts';

type StorageCode = keyof typeof STORAGE_ROWS;

/** A fault of the storage has no values: its sentence is the meaning of its code. */
const entries = Object.entries(STORAGE_ROWS).map(([code, { means }]) => [code, [means]]);
const MEANINGS = Object.fromEntries(entries) as Readonly<
  Record<Exclude<StorageCode, 'not-stored'>, readonly [says: string]>
>;

/** `code` or `code:case` → the sentence. */
export const STORAGE_SENTENCES = {
  ...MEANINGS,
  'data-gone:path': ['{path} is not the file that the station opened.'],
} as const;
