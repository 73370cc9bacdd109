import { REST_CODES, type RefusalCode } from '@boardwalk/contracts';

/** The codes of a route that stores something although the storage is not ready, see the storage watch. */
export const STORAGE_CODES = [
  'disk-full',
  'data-read-only',
  'data-gone',
  'database-locked',
  'database-damaged',
  'disk-failing',
] as const satisfies readonly RefusalCode[];

/** A slot, its probe or its board cannot do something now. */
export const BENCH_CODES = REST_CODES.filter((code) => /^(station|probe|target)\.|^cancelled$/.test(code));
/** A file is not firmware, or not whole. */
export const IMAGE_CODES = REST_CODES.filter((code) => code.startsWith('image.'));
