import {
  addressOf,
  lineOf,
  readSignature,
  seriesOf,
  seriesWithCore,
  type Line,
  type Series,
  type SignatureFacts,
} from '@boardwalk/series';
import { ProbeError } from './errors.ts';
import type { Target } from './target.ts';

/** A chip as its core and its device id tell it. */
export interface Device {
  /** DBGMCU_IDCODE as read. */
  readonly idcode: number;
  /** Of a device id that no line has: the first series with such a core. */
  readonly series: Series;
  readonly line: Line | null;
}

/**
 * Reads the device id where a chip with such a core has it. Where several places are possible, one that does not
 * answer is passed over.
 * @throws ProbeError `target.fault` when the device id cannot be read anywhere
 */
export async function readDevice(target: Target): Promise<Device> {
  const candidates = seriesWithCore(target.cpuid);
  const places = new Set(candidates.map((series) => addressOf(series, IDCODE)));
  let first: Device | null = null;
  let fault: unknown = null;
  for (const place of places) {
    const here = candidates.filter((series) => addressOf(series, IDCODE) === place);
    try {
      const idcode = await target.readWord(place);
      const line = lineOf(idcode, here);
      if (line) return { idcode, series: seriesOf(line), line };
      first ??= { idcode, series: here[0]!, line };
    } catch (cause) {
      if (!(cause instanceof ProbeError) || cause.code !== 'target.fault') throw cause;
      fault ??= cause;
    }
  }
  if (first) return first;
  throw fault;
}

const IDCODE = { block: 'debugUnit', offset: 0 } as const;

/** The signature words of a chip, raw and by their meaning. */
export interface SignatureRead extends SignatureFacts {
  readonly words: Uint32Array;
}

/** @throws ProbeError */
export async function readSignatureOf(target: Target, series: Series): Promise<SignatureRead> {
  const words = await target.readWords(series.signature.from, series.signature.words);
  return { words, ...readSignature(series, words) };
}
