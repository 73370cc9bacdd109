import type { FlashAccess, ProvedDump } from '../access/flash-access.ts';
import type { FlashRange } from '../plan.ts';
import { checkCancelled, type Watch } from '../progress.ts';
import type { RunningDigest } from './digest.ts';
import { pageSum } from './page-sums.ts';
import { sha256 } from './verification.ts';

/** A flash that a dump of this kind can be made of. */
export interface ProvableFlash extends Pick<FlashAccess, 'geometry' | 'dump'> {
  /** The sum of every page, made by the target's core; null where the core does not run. */
  survey(): Promise<ReadonlyMap<number, number> | null>;
  /** Starts a digest and leaves the debug port free; null where the core does not run. */
  beginDigest(range: FlashRange): Promise<RunningDigest | null>;
}

interface Stretch extends FlashRange {
  /** What these pages hold if the target's digest agrees; null: to be read. */
  readonly candidate: Uint8Array | null;
}

/** A digest costs as much as moving about this many bytes: shorter stretches are read. */
const WORTH_PROVING_BYTES = 2048;
/** Between two pieces it is looked whether the target has ended a digest and can begin the next. */
const PIECE_BYTES = 6144;

/**
 * Dumps without moving what the host knows: pages whose sums say blank, or content of `known`, are proved by
 * SHA-256 on the target, a stretch at a time, while all others cross SWD. What was not proved is read in the end.
 * Where the core does not run, everything is read. Ranges begin and end anywhere.
 * @throws ProbeError, FlashError `flash.cancelled`
 */
export async function dumpProved(
  engine: ProvableFlash,
  range: FlashRange,
  known: readonly Uint8Array[],
  watch: Watch = {},
): Promise<ProvedDump> {
  const { pageBytes } = engine.geometry;
  const stretches = divide(engine, range, await engine.survey(), candidates(known, pageBytes));
  const dump = new Dump(engine, range, watch);
  const proofs = new Proofs(
    engine,
    stretches.filter(({ candidate }) => candidate !== null),
    (stretch) => dump.put(stretch.address, stretch.candidate!),
  );
  for (const stretch of stretches.filter(({ candidate }) => candidate === null)) {
    await dump.read(stretch, () => proofs.goOn());
  }
  const unproved = await proofs.end();
  for (const stretch of unproved) await dump.read(stretch);
  const sizeOf = (list: readonly FlashRange[]): number => list.reduce((sum, each) => sum + each.sizeBytes, 0);
  const provedBytes = sizeOf(stretches.filter(({ candidate }) => candidate !== null)) - sizeOf(unproved);
  return {
    bytes: dump.bytes,
    sha256: sha256(dump.bytes),
    readPages: Math.ceil((range.sizeBytes - provedBytes) / pageBytes),
    provedPages: provedBytes / pageBytes,
  };
}

/** The bytes as they come together, in any order. */
class Dump {
  readonly bytes: Uint8Array;
  #doneBytes = 0;

  constructor(
    private readonly engine: ProvableFlash,
    private readonly range: FlashRange,
    private readonly watch: Watch,
  ) {
    this.bytes = new Uint8Array(range.sizeBytes);
  }

  put(address: number, content: Uint8Array): void {
    checkCancelled(this.watch, 'Dumping was cancelled.');
    this.bytes.set(content, address - this.range.address);
    this.#doneBytes += content.length;
    this.watch.onProgress?.({ phase: 'dump', doneBytes: this.#doneBytes, totalBytes: this.range.sizeBytes });
  }

  async read({ address, sizeBytes }: FlashRange, between?: () => Promise<void>): Promise<void> {
    for (let at = 0; at < sizeBytes; at += PIECE_BYTES) {
      await between?.();
      const piece = { address: address + at, sizeBytes: Math.min(PIECE_BYTES, sizeBytes - at) };
      this.put(piece.address, await this.engine.dump(piece));
    }
  }
}

/** Stretches that the target proves one after the other, beside whatever else crosses SWD. */
class Proofs {
  readonly #waiting: Stretch[];
  readonly #unproved: Stretch[] = [];
  #running: { readonly digest: RunningDigest; readonly stretch: Stretch } | null = null;

  constructor(
    private readonly engine: ProvableFlash,
    stretches: readonly Stretch[],
    private readonly onProved: (stretch: Stretch) => void,
  ) {
    this.#waiting = [...stretches];
  }

  /** Takes the answer of a digest that has ended and begins the next; never waits for one. */
  async goOn(): Promise<void> {
    if (this.#running && (await this.#running.digest.isDone())) await this.#take();
    if (!this.#running) await this.#begin();
  }

  /** Waits for all; resolves with the stretches that hold something else. */
  async end(): Promise<readonly Stretch[]> {
    for (;;) {
      if (this.#running) await this.#take();
      await this.#begin();
      if (!this.#running) return this.#unproved;
    }
  }

  async #begin(): Promise<void> {
    const stretch = this.#waiting.shift();
    if (!stretch) return;
    const digest = await this.engine.beginDigest(stretch);
    if (digest) this.#running = { digest, stretch };
    else this.#unproved.push(stretch);
  }

  async #take(): Promise<void> {
    const { digest, stretch } = this.#running!;
    this.#running = null;
    if ((await digest.end()) === sha256(stretch.candidate!)) this.onProved(stretch);
    else this.#unproved.push(stretch);
  }
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
  engine: ProvableFlash,
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
