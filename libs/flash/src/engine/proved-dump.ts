import type { FlashRange } from '../plan.ts';
import { checkCancelled, type Watch } from '../progress.ts';
import type { FlashEngine } from './flash-engine.ts';
import { pageSum } from './page-sums.ts';
import { sha256 } from './verification.ts';

/** A whole dump, and which of its pages crossed SWD. */
export interface ProvedDump {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly readPages: number;
  /** Pages that the target's SHA-256 proved to hold what the host knows already. */
  readonly provedPages: number;
}

interface Stretch {
  readonly address: number;
  /** What these pages hold if the target's digest agrees; null: to be read. */
  readonly candidate: Uint8Array | null;
  readonly sizeBytes: number;
}

/** A digest costs as much as moving about this many bytes: shorter stretches are read. */
const WORTH_PROVING_BYTES = 2048;

/**
 * Dumps without moving what the host knows: pages whose sums say blank, or content of `known`, are proved by
 * SHA-256 on the target, a stretch at a time; all others, and what was not proved, cross SWD. Where the core does
 * not run, everything is read. Ranges begin and end anywhere.
 * @throws ProbeError, FlashError `flash.cancelled`
 */
export async function dumpProved(
  engine: FlashEngine,
  range: FlashRange,
  known: readonly Uint8Array[],
  watch: Watch = {},
): Promise<ProvedDump> {
  const { pageBytes } = engine.geometry;
  const bytes = new Uint8Array(range.sizeBytes);
  let [readBytes, provedBytes] = [0, 0];
  const stretches = divide(engine, range, await engine.survey(), candidates(known, pageBytes));
  for (const { address, candidate, sizeBytes } of stretches) {
    checkCancelled(watch, 'Dumping was cancelled.');
    const at = address - range.address;
    const proved = candidate !== null && (await engine.digest({ address, sizeBytes })) === sha256(candidate);
    if (proved) provedBytes += sizeBytes;
    else readBytes += sizeBytes;
    bytes.set(proved ? candidate : await readStretch(engine, { address, sizeBytes }, at, range, watch), at);
    watch.onProgress?.({ phase: 'dump', doneBytes: at + sizeBytes, totalBytes: range.sizeBytes });
  }
  return {
    bytes,
    sha256: sha256(bytes),
    readPages: Math.ceil(readBytes / pageBytes),
    provedPages: provedBytes / pageBytes,
  };
}

function readStretch(
  engine: FlashEngine,
  stretch: FlashRange,
  before: number,
  range: FlashRange,
  { signal, onProgress }: Watch,
): Promise<Uint8Array> {
  return engine.dump(stretch, {
    ...(signal ? { signal } : {}),
    onProgress: ({ doneBytes }) =>
      onProgress?.({ phase: 'dump', doneBytes: before + doneBytes, totalBytes: range.sizeBytes }),
  });
}

/** What a page may hold, by its sum: blank, or a page of what is known, wherever it stood there. */
function candidates(known: readonly Uint8Array[], pageBytes: number): ReadonlyMap<number, Uint8Array> {
  const pages = new Map<number, Uint8Array>();
  for (const data of [new Uint8Array(pageBytes).fill(0xff), ...known]) {
    for (let at = 0; at < data.length; at += pageBytes) {
      const page = new Uint8Array(pageBytes).fill(0xff);
      page.set(data.subarray(at, at + pageBytes));
      pages.set(pageSum(page), page);
    }
  }
  return pages;
}

/** Neighbouring pages of one kind together; a page that the range only cuts is read. */
function divide(
  engine: FlashEngine,
  { address, sizeBytes }: FlashRange,
  sums: ReadonlyMap<number, number> | null,
  known: ReadonlyMap<number, Uint8Array>,
): Stretch[] {
  const { pageBytes } = engine.geometry;
  const end = address + sizeBytes;
  const stretches: { address: number; sizeBytes: number; pages: Uint8Array[] | null }[] = [];
  for (let at = address; at < end;) {
    const next = Math.min(at - (at % pageBytes) + pageBytes, end);
    const sum = next - at === pageBytes ? sums?.get(at) : undefined;
    const page = sum === undefined ? undefined : known.get(sum);
    const last = stretches.at(-1);
    if (last && (last.pages !== null) === (page !== undefined)) {
      last.sizeBytes += next - at;
      if (page) last.pages?.push(page);
    } else stretches.push({ address: at, sizeBytes: next - at, pages: page ? [page] : null });
    at = next;
  }
  return stretches.map(({ pages, ...place }) => ({
    ...place,
    candidate: pages && place.sizeBytes >= WORTH_PROVING_BYTES ? Buffer.concat(pages) : null,
  }));
}
