import { hex32 } from '@boardwalk/contracts';
import { SERIES_NAMES } from '@boardwalk/series';

/** First and last address of a run of bytes. */
export const rangeWords = (address: number, bytes: number): string =>
  `${hex32(address)}..${hex32(address + Math.max(bytes, 1) - 1)}`;

export const mib = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** What to do about a file whose bytes belong to no chip here. */
export const CHECK_BUILT_FOR = `Check that it was built for a chip that the station knows (${SERIES_NAMES}).`;
