import { hex32 } from '@boardwalk/contracts';
import type { Target } from '@boardwalk/debug';
import { randomInt } from 'node:crypto';
import type { EraseChoice, EraseDemand } from '../access/erase.ts';
import type { FlashAccess, ProvedDump } from '../access/flash-access.ts';
import type { VerifyMethod, VerifyResult } from '../access/verify-result.ts';
import { FlashError } from '../errors.ts';
import type { FlashGeometry } from '../families/families.ts';
import { Loader } from '../loader/loader.ts';
import { expectedBytes, pageRuns, type FlashPlan, type FlashRange } from '../plan.ts';
import { checkCancelled, type Watch } from '../progress.ts';
import { resetAsPowerOn } from '../options/option-load.ts';
import { FlashController, writeProtected } from '../controller/controller.ts';
import { raiseCoreClock } from './core-clock.ts';
import { beginDigest, type RunningDigest } from './digest.ts';
import { chooseErase, pagesToProgram } from './erase-plan.ts';
import { blankPageSum } from './page-sums.ts';
import { freezeWatchdogs } from './freeze.ts';
import { dumpProved } from './proved-dump.ts';
import { SR } from '../controller/registers.ts';
import { sha256, verifyByDigest, verifyByReadback } from './verification.ts';

export interface EngineOptions {
  /** Chooses which of `count` pages cross SWD beside a digest; random by default. */
  readonly pickPage?: (count: number) => number;
}

const DUMP_CHUNK_BYTES = 6144;
/** A megabyte at 8 MHz takes 0.3 s. */
const SUMS_TIMEOUT_MS = 3000;

/**
 * Erases, programs, verifies and dumps the flash of one target that is halted. `open` prepares it: watchdogs
 * frozen, loader in RAM and checked, core at its fastest clock where the part allows it.
 */
export class FlashEngine implements FlashAccess {
  readonly #controller: FlashController;
  readonly #loader: Loader;
  readonly #pickPage: (count: number) => number;
  /** What each page is known to hold, as long as nobody else could have changed it. */
  #sums: Map<number, number> | null = null;
  /** Digests read since flash last changed or the chip was reset. */
  readonly #digests = new Map<string, string>();
  /** False after a reset, until the loader is known to stand in RAM again. */
  #ready = false;
  /** False once the core could not be brought to run the loader: only read-back remains. */
  #coreRuns = true;

  private constructor(
    readonly target: Target,
    readonly geometry: FlashGeometry,
    options: EngineOptions,
  ) {
    this.#controller = new FlashController(target, geometry);
    this.#loader = new Loader(target, geometry.series.core.architecture, geometry.sramBytes);
    this.#pickPage = options.pickPage ?? ((count) => randomInt(count));
  }

  /** @throws FlashError `flash.read_protected` with the way out */
  static async open(
    target: Target,
    geometry: FlashGeometry,
    options: EngineOptions = {},
  ): Promise<FlashEngine> {
    const engine = new FlashEngine(target, geometry, options);
    if (await engine.#controller.isReadProtected()) {
      throw new FlashError('flash.read_protected', {});
    }
    await engine.prepare();
    return engine;
  }

  /** Makes a halted target ready, also again after a reset. */
  async prepare(): Promise<void> {
    this.#ready = true;
    this.#sums = null;
    this.#digests.clear();
    await freezeWatchdogs(this.target, this.geometry.series);
    try {
      await this.#loader.load();
      this.#coreRuns = true;
    } catch (cause) {
      if (!(cause instanceof FlashError)) throw cause;
      this.#coreRuns = false;
      return;
    }
    await raiseCoreClock(this.target, this.geometry.series);
  }

  /**
   * Resets the chip and stops it before its first instruction: verifying reads what a boot would. Whatever comes next
   * makes the target ready again.
   */
  async reset(): Promise<void> {
    await resetAsPowerOn(this.target, this.geometry);
    this.#ready = false;
    this.#digests.clear();
  }

  async #makeReady(): Promise<void> {
    if (!this.#ready) await this.prepare();
  }

  // -- erase ---------------------------------------------------------------------------------------------

  /** The sum of every page as it stands, made by the target's core; null where the core does not run. */
  async survey(): Promise<ReadonlyMap<number, number> | null> {
    await this.#makeReady();
    if (!this.#coreRuns) return null;
    if (this.#sums) return this.#sums;
    const { baseAddress, sizeBytes, pageBytes } = this.geometry;
    const sums = new Map<number, number>();
    for (let at = 0; at < sizeBytes; at += pageBytes * this.#loader.mostPageSums) {
      const pages = Math.min((sizeBytes - at) / pageBytes, this.#loader.mostPageSums);
      const made = await this.#loader.pageSums(baseAddress + at, pages, pageBytes, SUMS_TIMEOUT_MS);
      made.forEach((sum, i) => sums.set(baseAddress + at + i * pageBytes, sum));
    }
    return (this.#sums = sums);
  }

  /** What must be erased for this plan, by the cheapest way; changes nothing. */
  async chooseErase(plan: FlashPlan, demand: EraseDemand): Promise<EraseChoice> {
    return chooseErase(plan, demand, await this.survey());
  }

  async erase(choice: EraseChoice, watch: Watch = {}): Promise<void> {
    if (choice.kind === 'mass') await this.massErase(watch);
    else if (choice.kind === 'pages') await this.erasePages(choice.pages, watch);
  }

  async erasePages(pages: readonly number[], watch: Watch = {}): Promise<void> {
    const { pageBytes } = this.geometry;
    if (pages.length === 0) return;
    await this.#makeReady();
    this.#digests.clear();
    const blank = blankPageSum(pageBytes);
    for (const [done, page] of pages.entries()) {
      checkCancelled(
        watch,
        'Erasing was cancelled; part of the flash is blank.',
        'Flash the board again before it is used.',
      );
      if (done === 0 || this.#controller.isSecondBank(page)) await this.#controller.unlock(page);
      await this.#controller.erasePage(page);
      this.#sums?.set(page, blank);
      watch.onProgress?.({
        phase: 'erase',
        doneBytes: (done + 1) * pageBytes,
        totalBytes: pages.length * pageBytes,
      });
    }
    await this.#controller.lock();
  }

  /** Erases the whole flash. */
  async massErase(watch: Watch = {}): Promise<void> {
    const { sizeBytes, pageBytes } = this.geometry;
    await this.#makeReady();
    this.#digests.clear();
    watch.onProgress?.({ phase: 'erase', doneBytes: 0, totalBytes: sizeBytes });
    await this.#controller.massErase();
    await this.#controller.lock();
    const blank = blankPageSum(pageBytes);
    for (const page of this.#sums?.keys() ?? []) this.#sums?.set(page, blank);
    watch.onProgress?.({ phase: 'erase', doneBytes: sizeBytes, totalBytes: sizeBytes });
  }

  // -- program -------------------------------------------------------------------------------------------

  /**
   * Programs the pages of the plan that do not hold already what they shall; they must be blank. Blank half-words
   * cost nothing. Resolves with the bytes of the pages that were programmed.
   */
  async program(plan: FlashPlan, watch: Watch = {}): Promise<number> {
    const { pageBytes } = this.geometry;
    await this.#makeReady();
    this.#digests.clear();
    const pages = pagesToProgram(plan, this.#sums);
    const totalBytes = pages.length * pageBytes;
    if (totalBytes > 0 && !this.#coreRuns) throw noLoader();
    let before = 0;
    for (const { address, sizeBytes } of this.#perBank(pageRuns(pages, pageBytes))) {
      await this.#controller.unlock(address);
      const report = (taken: number): void => {
        watch.onProgress?.({ phase: 'program', doneBytes: before + taken, totalBytes });
      };
      for (let at = address; at < address + sizeBytes; at += pageBytes) this.#sums?.delete(at);
      const data = expectedBytes(plan, address, sizeBytes);
      const result = await this.#loader.program(
        address,
        data,
        this.#controller.registersFor(address),
        report,
        watch.signal,
      );
      if (result.error & SR.WRPRTERR) throw writeProtected(result.address);
      if (result.error & SR.BSY) throw busyForever(result.address);
      if (result.error) throw notBlank(result.address);
      before += sizeBytes;
      report(0);
    }
    return totalBytes;
  }

  /** A run that crosses into the second bank is programmed in two calls. */
  *#perBank(runs: readonly FlashRange[]): Iterable<FlashRange> {
    const { bankBytes } = this.geometry.family;
    const border = bankBytes === null ? Infinity : this.geometry.baseAddress + bankBytes;
    for (const { address, sizeBytes } of runs) {
      const end = address + sizeBytes;
      if (address < border && end > border) {
        yield { address, sizeBytes: border - address };
        yield { address: border, sizeBytes: end - border };
      } else yield { address, sizeBytes };
    }
  }

  // -- verify --------------------------------------------------------------------------------------------

  /**
   * Compares flash with the plan: the image's own bytes, or with `pages` the whole of those pages, which must be blank
   * where the image is silent.
   */
  async verify(
    plan: FlashPlan,
    method: VerifyMethod,
    watch: Watch & { pages?: readonly number[] | null } = {},
  ): Promise<VerifyResult> {
    await this.#makeReady();
    const ranges = watch.pages
      ? pageRuns(watch.pages, plan.geometry.pageBytes)
      : plan.ranges.map(({ address, data }) => ({ address, sizeBytes: data.length }));
    const byDigest = method === 'digest' || (method === 'auto' && this.#coreRuns);
    if (!byDigest) return verifyByReadback(this.target, plan, ranges, watch);
    return verifyByDigest(
      this.target,
      (range) => this.#beginDigest(range),
      plan,
      ranges,
      this.#pickPage,
      watch,
    );
  }

  // -- dump ----------------------------------------------------------------------------------------------

  /**
   * SHA-256 of a range by the target's core, or by reading it where the core does not run. A range that was hashed
   * since the last reset, with nothing erased or programmed after it, is not read again.
   */
  async digest(range: FlashRange, watch: Watch = {}): Promise<string> {
    await this.#makeReady();
    if (!this.#coreRuns) return sha256(await this.dump(range, watch));
    return this.#digests.get(keyOf(range)) ?? (await this.#beginDigest(range)).end();
  }

  /** Starts a digest and leaves the debug port free; null where the core does not run. */
  async beginDigest(range: FlashRange): Promise<RunningDigest | null> {
    await this.#makeReady();
    return this.#coreRuns ? this.#beginDigest(range) : null;
  }

  /** What is read stays known until flash changes or the chip is reset. */
  async #beginDigest(range: FlashRange): Promise<RunningDigest> {
    const digest = await beginDigest(this.target, this.#loader, range);
    const end = async (): Promise<string> => {
      const sha256 = await digest.end();
      this.#digests.set(keyOf(range), sha256);
      return sha256;
    };
    return { ...digest, end };
  }

  /** The whole of flash, as its size register states it. */
  get wholeFlash(): FlashRange {
    const { baseAddress, sizeBytes, statedBytes = sizeBytes } = this.geometry;
    return { address: baseAddress, sizeBytes: statedBytes };
  }

  /** Reads any range of memory, odd lengths too. */
  dump(range: FlashRange, watch: Watch = {}): Promise<Uint8Array> {
    return dumpMemory(this.target, range, watch);
  }

  /** The same without moving what the host knows, by digests of the target. */
  dumpProved(range: FlashRange, known: readonly Uint8Array[], watch: Watch = {}): Promise<ProvedDump> {
    return dumpProved(this, range, known, watch);
  }
}

/** Reads any range of a target's memory in the largest blocks. @throws ProbeError, FlashError `flash.cancelled` */
export async function dumpMemory(target: Target, range: FlashRange, watch: Watch = {}): Promise<Uint8Array> {
  const result = new Uint8Array(range.sizeBytes);
  for (let at = 0; at < range.sizeBytes; at += DUMP_CHUNK_BYTES) {
    checkCancelled(watch, 'Dumping was cancelled.');
    const length = Math.min(DUMP_CHUNK_BYTES, range.sizeBytes - at);
    result.set(await target.readMemory(range.address + at, length), at);
    watch.onProgress?.({ phase: 'dump', doneBytes: at + length, totalBytes: range.sizeBytes });
  }
  return result;
}

function notBlank(address: number): FlashError {
  return new FlashError('flash.program_failed', { address: hex32(address) }, { address });
}

function keyOf({ address, sizeBytes }: FlashRange): string {
  return `${address}+${sizeBytes}`;
}

function noLoader(): FlashError {
  return new FlashError('flash.loader_failed', {});
}

function busyForever(address: number): FlashError {
  return new FlashError('flash.timeout', { address: hex32(address) }, { address });
}
