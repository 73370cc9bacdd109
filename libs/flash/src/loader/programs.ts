import type { Architecture } from '@boardwalk/series';
import * as v7m from './loader-bytes.ts';
import * as v6m from './loader-v6m-bytes.ts';

/** A loader as it is put into RAM. */
export interface LoaderProgram {
  readonly code: Uint8Array;
  /** Offsets from the first byte of code. */
  readonly entries: Readonly<Record<'program' | 'page_sums' | 'digest', number>>;
  readonly stackBytes: number;
}

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** The loader for each instruction set; all have the same mailbox and take the same arguments. */
export const LOADERS: Readonly<Record<Architecture, LoaderProgram>> = {
  'v7-M': { code: bytesOf(v7m.LOADER_BASE64), entries: v7m.LOADER_ENTRIES, stackBytes: 256 },
  // The frame of its digest has 280 bytes.
  'v6-M': { code: bytesOf(v6m.LOADER_BASE64), entries: v6m.LOADER_ENTRIES, stackBytes: 320 },
};
