import { hexAddress, type Target } from '@boardwalk/probe';
import { createHash, randomInt } from 'node:crypto';
import { FlashError } from '../errors.ts';
import type { FlashGeometry } from '../families/families.ts';
import { Loader } from '../loader/loader.ts';
import { expectedBytes, type FlashPlan, type FlashRange } from '../plan.ts';
import type { Watch } from '../progress.ts';
import { FlashController, writeProtected } from './controller.ts';
import { raiseCoreClock } from './core-clock.ts';
import { digestRange } from './digest.ts';
import { DBGMCU_CR, DBGMCU_FREEZE, SR } from './registers.ts';

export type VerifyMethod = 'auto' | 'digest' | 'readback';

/** Where flash and image part. */
export interface Mismatch {
  readonly address: number;
  readonly expected: number;
  readonly actual: number;
}

/** What was proved about the flash, how, and over which ranges. */
export interface VerifyResult {
  readonly method: 'digest' | 'readback';
  readonly ranges: readonly {
    readonly address: number;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  /** Pages that crossed SWD beside a digest and agreed. */
  readonly sampledPages: number;
  readonly mismatch: Mismatch | null;
}

export interface EngineOptions {
  /** Chooses which of `count` pages cross SWD beside a digest; random by default. */
  readonly pickPage?: (count: number) => number;
}

const SAMPLED_PAGES = 2;
const DUMP_CHUNK_BYTES = 6144;

/**
 * Erases, programs, verifies and dumps the flash of one target that is halted. `open` prepares it: watchdogs
 * frozen, loader in RAM and checked, core at 64 MHz where the part allows it.
 */
export class FlashEngine {
  readonly #controller: FlashController;
  readonly #loader: Loader;
  readonly #pickPage: (count: number) => number;
  /** False once the core could not be brought to run the loader: only read-back remains. */
  #coreRuns = true;

  private constructor(
    readonly target: Target,
    readonly geometry: FlashGeometry,
    options: EngineOptions,
  ) {
    this.#controller = new FlashController(target, geometry);
    this.#loader = new Loader(target, geometry.sramBytes);
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
      throw new FlashError(
        'flash.read_protected',
        'The chip is read-protected: its flash cannot be read or programmed.',
        {
          remedy: 'Remove the protection with `boardwalk unprotect`; that erases the flash.',
        },
      );
    }
    await engine.prepare();
    return engine;
  }

  /** Makes a halted target ready, also again after a reset. */
  async prepare(): Promise<void> {
    await this.target.writeWord(DBGMCU_CR, DBGMCU_FREEZE);
    try {
      await this.#loader.load();
      this.#coreRuns = true;
    } catch (cause) {
      if (!(cause instanceof FlashError)) throw cause;
      this.#coreRuns = false;
      return;
    }
    await raiseCoreClock(this.target);
  }

  /** Resets the chip, stops it before its first instruction and makes it ready: verifying reads what a boot would. */
  async reset(): Promise<void> {
    await this.target.resetAndHalt();
    await this.prepare();
  }

  // -- erase ---------------------------------------------------------------------------------------------

  /** Which pages of the plan do not hold already what they shall. */
  async pagesToErase(plan: FlashPlan): Promise<readonly number[]> {
    const same = this.#coreRuns && (await this.#sameRanges(plan));
    return same ? [] : plan.pages;
  }

  async #sameRanges(plan: FlashPlan): Promise<boolean> {
    for (const { address, data } of plan.ranges) {
      const actual = await digestRange(this.target, this.#loader, address, data.length);
      if (actual !== sha256(data)) return false;
    }
    return true;
  }

  async erasePages(pages: readonly number[], watch: Watch = {}): Promise<void> {
    const { pageBytes } = this.geometry;
    if (pages.length === 0) return;
    for (const [done, page] of pages.entries()) {
      this.#checkCancelled(watch, 'Erasing was cancelled; part of the flash is blank.');
      if (done === 0 || this.#controller.bankOffset(page) > 0) await this.#controller.unlock(page);
      await this.#controller.erasePage(page);
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
    const { sizeBytes } = this.geometry;
    watch.onProgress?.({ phase: 'erase', doneBytes: 0, totalBytes: sizeBytes });
    await this.#controller.massErase();
    await this.#controller.lock();
    watch.onProgress?.({ phase: 'erase', doneBytes: sizeBytes, totalBytes: sizeBytes });
  }

  // -- program -------------------------------------------------------------------------------------------

  /** Programs the plan's ranges into blank pages. Half-words that hold their value already cost nothing. */
  async program(plan: FlashPlan, watch: Watch = {}): Promise<void> {
    if (!this.#coreRuns) {
      throw new FlashError('flash.loader_failed', 'The target’s RAM is bad: no loader can run in it.', {
        remedy: 'Set the board aside.',
      });
    }
    const totalBytes = plan.ranges.reduce((sum, { data }) => sum + data.length, 0);
    let before = 0;
    for (const { address, data } of this.#perBank(plan)) {
      await this.#controller.unlock(address);
      const report = (taken: number): void => {
        watch.onProgress?.({ phase: 'program', doneBytes: before + taken, totalBytes });
      };
      const bank = this.#controller.bankOffset(address);
      const result = await this.#loader.program(address, data, bank, report, watch.signal);
      if (result.error & SR.WRPRTERR) throw writeProtected(result.address);
      if (result.error) throw notBlank(result.address);
      before += data.length;
      report(0);
    }
  }

  /** A range that crosses into the second bank is programmed in two calls. */
  *#perBank(plan: FlashPlan): Iterable<{ address: number; data: Uint8Array }> {
    const { bankBytes } = this.geometry.family;
    const border = bankBytes === null ? Infinity : this.geometry.baseAddress + bankBytes;
    for (const { address, data } of plan.ranges) {
      if (address < border && address + data.length > border) {
        yield { address, data: data.subarray(0, border - address) };
        yield { address: border, data: data.subarray(border - address) };
      } else yield { address, data };
    }
  }

  // -- verify --------------------------------------------------------------------------------------------

  /** Compares flash with the plan: the programmed ranges, and the rest of their pages where `blankRest` says so. */
  async verify(
    plan: FlashPlan,
    method: VerifyMethod,
    watch: Watch & { blankRest?: boolean } = {},
  ): Promise<VerifyResult> {
    const ranges = watch.blankRest
      ? pageRuns(plan)
      : plan.ranges.map(({ address, data }) => ({ address, sizeBytes: data.length }));
    if (method === 'readback' || (method === 'auto' && !this.#coreRuns))
      return this.#verifyByReadback(plan, ranges, watch);
    return this.#verifyByDigest(plan, ranges, watch);
  }

  async #verifyByReadback(
    plan: FlashPlan,
    ranges: readonly FlashRange[],
    watch: Watch,
  ): Promise<VerifyResult> {
    const totalBytes = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const proved = [];
    let before = 0;
    for (const { address, sizeBytes } of ranges) {
      const actual = await this.target.readMemory(address, sizeBytes, (done) => {
        this.#checkCancelled(watch, 'Verifying was cancelled.');
        watch.onProgress?.({ phase: 'verify', doneBytes: before + done, totalBytes });
      });
      const mismatch = firstMismatch(address, expectedBytes(plan, address, sizeBytes), actual);
      proved.push({ address, sizeBytes, sha256: sha256(actual) });
      if (mismatch) return { method: 'readback', ranges: proved, sampledPages: 0, mismatch };
      before += sizeBytes;
    }
    return { method: 'readback', ranges: proved, sampledPages: 0, mismatch: null };
  }

  async #verifyByDigest(plan: FlashPlan, ranges: readonly FlashRange[], watch: Watch): Promise<VerifyResult> {
    const totalBytes = ranges.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const proved = [];
    let before = 0;
    for (const { address, sizeBytes } of ranges) {
      this.#checkCancelled(watch, 'Verifying was cancelled.');
      const actual = await digestRange(this.target, this.#loader, address, sizeBytes);
      proved.push({ address, sizeBytes, sha256: actual });
      if (actual !== sha256(expectedBytes(plan, address, sizeBytes))) {
        // The bytes say where: reading them costs time only on a board that fails anyway.
        const { mismatch } = await this.#verifyByReadback(plan, [{ address, sizeBytes }], {});
        return {
          method: 'digest',
          ranges: proved,
          sampledPages: 0,
          mismatch: mismatch ?? unexplained(address),
        };
      }
      before += sizeBytes;
      watch.onProgress?.({ phase: 'verify', doneBytes: before, totalBytes });
    }
    return this.#sample(plan, proved);
  }

  /** A few pages cross SWD and must agree, so that a core that answers from elsewhere than its flash is found out. */
  async #sample(plan: FlashPlan, proved: VerifyResult['ranges']): Promise<VerifyResult> {
    const pages = this.#sampledPages(plan.pages);
    for (const page of pages) {
      for (const { address, sizeBytes } of proved) {
        const from = Math.max(page, address);
        const to = Math.min(page + this.geometry.pageBytes, address + sizeBytes);
        if (from >= to) continue;
        const actual = await this.target.readMemory(from, to - from);
        const mismatch = firstMismatch(from, expectedBytes(plan, from, to - from), actual);
        if (mismatch) return { method: 'digest', ranges: proved, sampledPages: pages.length, mismatch };
      }
    }
    return { method: 'digest', ranges: proved, sampledPages: pages.length, mismatch: null };
  }

  /** Up to two different pages. */
  #sampledPages(pages: readonly number[]): readonly number[] {
    const count = pages.length;
    if (count <= SAMPLED_PAGES) return pages;
    const first = this.#pickPage(count);
    const second = (first + 1 + this.#pickPage(count - 1)) % count;
    return [pages[first]!, pages[second]!];
  }

  // -- dump ----------------------------------------------------------------------------------------------

  /** SHA-256 of a range by the target's core, or by reading it where the core does not run. */
  async digest(range: FlashRange, watch: Watch = {}): Promise<string> {
    if (!this.#coreRuns) return sha256(await this.dump(range, watch));
    return digestRange(this.target, this.#loader, range.address, range.sizeBytes);
  }

  /** The whole of flash, as its size register states it. */
  get wholeFlash(): FlashRange {
    return { address: this.geometry.baseAddress, sizeBytes: this.geometry.sizeBytes };
  }

  /** Reads any range of memory, odd lengths too. */
  dump(range: FlashRange, watch: Watch = {}): Promise<Uint8Array> {
    return dumpMemory(this.target, range, watch);
  }

  #checkCancelled(watch: Watch, says: string): void {
    if (!watch.signal?.aborted) return;
    throw new FlashError('flash.cancelled', says, { remedy: 'Flash the board again before it is used.' });
  }
}

/** Reads any range of a target's memory in the largest blocks. @throws ProbeError, FlashError `flash.cancelled` */
export async function dumpMemory(target: Target, range: FlashRange, watch: Watch = {}): Promise<Uint8Array> {
  const result = new Uint8Array(range.sizeBytes);
  for (let at = 0; at < range.sizeBytes; at += DUMP_CHUNK_BYTES) {
    if (watch.signal?.aborted)
      throw new FlashError('flash.cancelled', 'Dumping was cancelled.', { remedy: 'Start again.' });
    const length = Math.min(DUMP_CHUNK_BYTES, range.sizeBytes - at);
    result.set(await target.readMemory(range.address + at, length), at);
    watch.onProgress?.({ phase: 'dump', doneBytes: at + length, totalBytes: range.sizeBytes });
  }
  return result;
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

function firstMismatch(address: number, expected: Uint8Array, actual: Uint8Array): Mismatch | null {
  const at = expected.findIndex((byte, i) => byte !== actual[i]);
  return at < 0 ? null : { address: address + at, expected: expected[at]!, actual: actual[at]! };
}

/** Digest and bytes disagree: the core hashed something else than what SWD reads. */
function unexplained(address: number): Mismatch {
  return { address, expected: NaN, actual: NaN };
}

function notBlank(address: number): FlashError {
  return new FlashError(
    'flash.program_failed',
    `The flash cell at ${hexAddress(address)} is not blank and cannot be programmed.`,
    {
      address,
      remedy: 'Erase the flash; if the cell stays, it is worn out: set the board aside.',
    },
  );
}

/** Runs of neighbouring pages that the plan touches. */
function pageRuns(plan: FlashPlan): FlashRange[] {
  const { pageBytes } = plan.geometry;
  const runs: { address: number; sizeBytes: number }[] = [];
  for (const page of plan.pages) {
    const last = runs.at(-1);
    if (last && last.address + last.sizeBytes === page) last.sizeBytes += pageBytes;
    else runs.push({ address: page, sizeBytes: pageBytes });
  }
  return runs;
}
