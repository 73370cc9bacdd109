import { SERIES_NAMES } from '@boardwalk/series';

/** An address or a 32-bit word as people read it. */
export const hex32 = (value: number): string => `0x${(value >>> 0).toString(16).padStart(8, '0')}`;

export const hexByte = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;

/** First and last address of a run of bytes. */
export const rangeWords = (address: number, bytes: number): string =>
  `${hex32(address)}..${hex32(address + Math.max(bytes, 1) - 1)}`;

export const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** What to do about a file whose bytes belong to no chip here. */
export const CHECK_BUILT_FOR = `Check that it was built for a chip that the station knows (${SERIES_NAMES}).`;
