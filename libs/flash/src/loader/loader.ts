import { hex32 } from '@boardwalk/contracts';
import { Patience, type Target } from '@boardwalk/debug';
import { SRAM_BASE, type Architecture } from '@boardwalk/series';
import { FlashError } from '../errors.ts';
import { LOADERS, type LoaderProgram } from './programs.ts';
import { ARGUMENTS, CODE_AT, LAST_BLOCKS, ramPlan, STATE, type RamPlan } from './ram-plan.ts';

const MAILBOX_BYTES = 24;
const PUT = 4;
const DONE = 20;
const STATE_BYTES = 32;
const BLOCK_BYTES = 64;
const XPSR_THUMB = 0x01000000;

/** Longest time without a half-word being done: a slow clone needs 0.7 ms for each (DS5319 maximum times ten). */
const STALL_TIMEOUT_MS = 500;
/** What the core starts on; the rest follows while it works. */
const FIRST_CHUNK_BYTES = 1024;
/** Less than the most that every firmware takes at once. */
const MOST_CHUNK_BYTES = 4096;
/** A quarter of the ring is filled again while three are being programmed. */
const REFILLS_PER_RING = 4;
/** 52.5 µs a half-word (DS5319). */
const TYPICAL_MS_PER_BYTE = 0.02625;
const LEAST_WAIT_MS = 1;
/** How late a stop by a person may come. */
const MOST_WAIT_MS = 100;

interface Mailbox {
  readonly taken: number;
  readonly error: number;
  readonly errorAt: number;
  readonly done: number;
}

/** How a program call ended. */
export interface ProgramResult {
  /** PGERR and WRPRTERR bits of the half-word that failed; 0 when all went well. */
  readonly error: number;
  readonly address: number;
}

/** The loader in target RAM: put there, checked byte for byte, and called. The target must be halted. */
export class Loader {
  readonly #program: LoaderProgram;
  readonly #ram: RamPlan;
  #nonce = 0x0b0a0000;
  #loaded = false;

  constructor(
    private readonly target: Target,
    architecture: Architecture,
    sramBytes: number,
  ) {
    this.#program = LOADERS[architecture];
    this.#ram = ramPlan(this.#program, sramBytes);
  }

  /**
   * Puts the code into RAM and reads it back. A reset leaves RAM as it was: then reading it is enough.
   * @throws FlashError `flash.loader_failed` when RAM does not keep what is written
   */
  async load(): Promise<void> {
    if (this.#loaded && (await this.#firstWrong()) < 0) return;
    await this.target.writeMemory(CODE_AT, this.#program.code);
    const wrong = await this.#firstWrong();
    this.#loaded = wrong < 0;
    if (this.#loaded) return;
    throw new FlashError(
      'flash.loader_failed:memory',
      { address: hex32(CODE_AT + wrong) },
      { address: CODE_AT + wrong },
    );
  }

  async #firstWrong(): Promise<number> {
    const back = await this.target.readMemory(CODE_AT, this.#program.code.length);
    return back.findIndex((byte, i) => byte !== this.#program.code[i]);
  }

  /**
   * Programs half-words. The core must run from HSI or its PLL with the controller unlocked.
   * @param registers the flash controller's, of the bank that the address belongs to
   * @param onTaken bytes done so far
   */
  async program(
    address: number,
    data: Uint8Array,
    registers: number,
    onTaken: (bytes: number) => void,
    signal?: AbortSignal,
  ): Promise<ProgramResult> {
    // One chunk is enough to start on: the core programs while the rest crosses the cable.
    const first = Math.min(data.length, FIRST_CHUNK_BYTES, this.#ram.ringBytes);
    await this.#writeRing(0, data.subarray(0, first));
    const ring = [this.#ram.ringAt, this.#ram.ringAt + this.#ram.ringBytes];
    await this.#call(this.#program.entries.program, [address, data.length / 2, ...ring, registers], {
      put: first,
    });
    await this.#feed(data, first, onTaken, signal);
    // Read again now that the core stands: the last look while it ran may have missed an error written in between.
    const { error, errorAt, done } = await this.#mailbox();
    if (error === 0 && done !== this.#nonce) throw this.#lost();
    return { error, address: errorAt };
  }

  /** Keeps the ring filled until the loader has ended; looks no oftener than the cells are fast. */
  async #feed(
    data: Uint8Array,
    put: number,
    onTaken: (bytes: number) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const { clock } = this.target.link;
    const start = clock.now();
    const refill = this.#ram.ringBytes / REFILLS_PER_RING;
    const patience = new Patience(clock, STALL_TIMEOUT_MS);
    let last = { taken: 0, at: start };
    for (;;) {
      const stalled = patience.spent();
      const { taken, error, done } = await this.#mailbox();
      if (taken !== last.taken) {
        last = { taken, at: clock.now() };
        patience.renew();
        onTaken(taken);
      }
      if (error !== 0 || done === this.#nonce) break;
      if (signal?.aborted) await this.#stop();
      if (stalled && taken === last.taken) throw await this.#stalled();
      const left = data.length - put;
      const free = this.#ram.ringBytes - (put - taken);
      if (left > 0 && free >= Math.min(refill, left)) {
        const chunk = Math.min(
          free,
          left,
          this.#ram.ringBytes - (put % this.#ram.ringBytes),
          MOST_CHUNK_BYTES,
        );
        await this.#writeRing(put % this.#ram.ringBytes, data.subarray(put, put + chunk));
        put += chunk;
        await this.target.writeWord(SRAM_BASE + PUT, put);
        // A core that had nothing to do begins to be slow only now.
        if (taken === put - chunk) patience.renew();
        continue;
      }
      const msPerByte = taken > 0 ? (last.at - start) / taken : TYPICAL_MS_PER_BYTE;
      const bytesToGo = left > 0 ? refill - free : data.length - taken;
      await patience.wait(Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, bytesToGo * msPerByte * 0.95)));
    }
    await this.target.waitForHalt(STALL_TIMEOUT_MS);
  }

  /**
   * Starts SHA-256 from `state` over whole 64-byte blocks of target memory, then over `lastBlocks`, one or two that the
   * host has padded. The debug port may read memory meanwhile.
   */
  async beginDigest(
    address: number,
    blocks: number,
    state: Uint8Array,
    lastBlocks: Uint8Array,
  ): Promise<void> {
    const last = [SRAM_BASE + LAST_BLOCKS, lastBlocks.length / BLOCK_BYTES];
    const memory = new Uint8Array(LAST_BLOCKS - STATE + lastBlocks.length);
    memory.set(state);
    memory.set(lastBlocks, LAST_BLOCKS - STATE);
    await this.#call(this.#program.entries.digest, [address, blocks, SRAM_BASE + STATE, ...last], { memory });
  }

  /** Waits for the digest that was begun; resolves with its state. */
  async endDigest(timeoutMs: number): Promise<Uint8Array> {
    await this.target.waitForHalt(timeoutMs, 2);
    const answer = await this.target.readMemory(SRAM_BASE, STATE + STATE_BYTES);
    const done = new DataView(answer.buffer, answer.byteOffset).getUint32(DONE, true);
    if (done !== this.#nonce) throw this.#lost();
    return answer.slice(STATE);
  }

  /** The sums of neighbouring pages, see `pageSum`. */
  async pageSums(
    address: number,
    pages: number,
    pageBytes: number,
    timeoutMs: number,
  ): Promise<readonly number[]> {
    await this.#call(this.#program.entries.page_sums, [address, pageBytes / 4, pages, this.#ram.ringAt]);
    await this.target.waitForHalt(timeoutMs, 2);
    const { done } = await this.#mailbox();
    if (done !== this.#nonce) throw this.#lost();
    return [...(await this.target.readWords(this.#ram.ringAt, pages))];
  }

  /** Most pages that one call may sum: their sums take the ring's place. */
  get mostPageSums(): number {
    return this.#ram.ringBytes / 4;
  }

  async #writeRing(at: number, data: Uint8Array): Promise<void> {
    await this.target.writeMemory(this.#ram.ringAt + at, data);
  }

  /**
   * Writes the mailbox and lets the core run from an entry. A new nonce for each call: whatever an earlier call or an
   * earlier board left cannot pass for an answer.
   */
  async #call(
    entry: number,
    args: readonly number[],
    { put = 0, memory = new Uint8Array(0) }: { put?: number; memory?: Uint8Array } = {},
  ): Promise<void> {
    this.#nonce = (this.#nonce + 1) >>> 0;
    const bytes = new Uint8Array(STATE + memory.length);
    const mailbox = new DataView(bytes.buffer);
    mailbox.setUint32(0, this.#nonce, true);
    mailbox.setUint32(PUT, put, true);
    args.forEach((value, i) => mailbox.setUint32(ARGUMENTS + i * 4, value, true));
    mailbox.setUint32(ARGUMENTS + 20, this.#ram.stackTop, true);
    bytes.set(memory, STATE);
    await this.target.writeMemory(SRAM_BASE, bytes);
    await this.target.writeRegister('xpsr', XPSR_THUMB);
    await this.target.writeRegister('pc', CODE_AT + entry);
    await this.target.resume(true);
  }

  async #mailbox(): Promise<Mailbox> {
    const [, , taken, error, errorAt, done] = await this.target.readWords(SRAM_BASE, MAILBOX_BYTES / 4);
    return { taken: taken!, error: error!, errorAt: errorAt!, done: done! };
  }

  async #stop(): Promise<never> {
    await this.target.halt();
    throw new FlashError('flash.cancelled', {});
  }

  async #stalled(): Promise<FlashError> {
    await this.target.halt();
    return new FlashError('flash.timeout:stalled', { ms: STALL_TIMEOUT_MS });
  }

  #lost(): FlashError {
    return new FlashError('flash.loader_failed:signature', {});
  }
}
