import { hex32, hexByte } from '@boardwalk/contracts';
import { SERIES_NAMES } from '@boardwalk/series';
import { ImageError } from '../errors.ts';
import type { PlacedSegment } from './image.ts';
import { LIMITS } from './limits.ts';
import type { Steps } from './steps.ts';
import { mib } from './words.ts';

const PAGE_BYTES = 256;
/** As many pages as the largest allowed image can touch: more of them are more segments or more data than allowed. */
const MOST_PAGES = LIMITS.dataBytes / PAGE_BYTES + 2 * LIMITS.segments;
/** Pages are cut from larger blocks: thousands of small ones would keep the garbage collector busy. */
const MOST_PAGES_PER_BLOCK = 64;
const END_OF_ADDRESSES = 2 ** 32;

interface Page {
  readonly bytes: Uint8Array;
  /** Which part of the file each byte is from; 0: no byte is here. */
  readonly origins: Uint32Array;
}

/**
 * Bytes by address, in any order. The same byte twice is harmless, another one at the same address is not. Its memory
 * is bounded, whatever addresses a file claims.
 */
export class ByteMap {
  readonly #pages = new Map<number, Page>();
  #block: Page = newPages(0);
  #used = 0;
  #bytes = 0;

  /** @param nameOf words for an origin, such as `line 12` */
  constructor(private readonly nameOf: (origin: number) => string) {}

  /** @throws ImageError for another byte at the same address, and for more than an image may have */
  put(address: number, source: Uint8Array, from: number, bytes: number, origin: number): void {
    if (address + bytes > END_OF_ADDRESSES)
      throw new ImageError('image.address:beyond', {}, this.nameOf(origin));
    let page: Page | undefined;
    for (let i = 0; i < bytes; i += 1) {
      const at = address + i;
      const offset = at % PAGE_BYTES;
      if (page === undefined || offset === 0) page = this.#pageOf(at);
      const byte = source[from + i]!;
      const known = page.origins[offset]!;
      if (known === 0) {
        page.bytes[offset] = byte;
        page.origins[offset] = origin;
        this.#bytes += 1;
      } else if (page.bytes[offset] !== byte) throw this.#conflict(at, page, offset, byte, origin);
    }
    if (this.#bytes > LIMITS.dataBytes) throw tooMuch('image.too_large:data');
  }

  #pageOf(address: number): Page {
    const number = Math.floor(address / PAGE_BYTES);
    const known = this.#pages.get(number);
    if (known) return known;
    if (this.#pages.size >= MOST_PAGES) throw tooMuch('image.too_large:segments');
    if (this.#used === this.#block.bytes.length) {
      this.#block = newPages(Math.min(MOST_PAGES_PER_BLOCK, Math.max(4, this.#pages.size)));
      this.#used = 0;
    }
    const { bytes, origins } = this.#block;
    const from = this.#used;
    this.#used += PAGE_BYTES;
    const page = { bytes: bytes.subarray(from, this.#used), origins: origins.subarray(from, this.#used) };
    this.#pages.set(number, page);
    return page;
  }

  #conflict(address: number, page: Page, offset: number, byte: number, origin: number): ImageError {
    const first = this.nameOf(page.origins[offset]!);
    const second = this.nameOf(origin);
    const values = { one: hexByte(page.bytes[offset]!), other: hexByte(byte) };
    return new ImageError('image.overlap', { address: hex32(address), first, second, ...values }, second);
  }

  /** Segments in the order of their addresses, neighbours joined. @throws ImageError for too many, or none */
  *segments(): Steps<PlacedSegment[]> {
    const runs: { address: number; bytes: number; origin: number }[] = [];
    const numbers = Uint32Array.from(this.#pages.keys()).sort();
    for (const number of numbers) {
      const { origins } = this.#pages.get(number)!;
      for (let offset = 0; offset < PAGE_BYTES; offset += 1) {
        const origin = origins[offset]!;
        if (origin === 0) continue;
        const address = number * PAGE_BYTES + offset;
        const last = runs.at(-1);
        if (last && last.address + last.bytes === address) last.bytes += 1;
        else runs.push({ address, bytes: 1, origin });
      }
      if (runs.length > LIMITS.segments) throw tooMuch('image.too_large:segments');
      yield;
    }
    if (runs.length === 0) throw new ImageError('image.empty:data', {});
    return runs.map(({ address, bytes, origin }) => ({
      address,
      data: this.#copy(address, bytes),
      where: this.nameOf(origin),
    }));
  }

  #copy(address: number, bytes: number): Uint8Array {
    const data = new Uint8Array(bytes);
    for (let done = 0; done < bytes;) {
      const at = address + done;
      const offset = at % PAGE_BYTES;
      const page = this.#pages.get((at - offset) / PAGE_BYTES)!;
      const piece = page.bytes.subarray(offset, Math.min(PAGE_BYTES, offset + bytes - done));
      data.set(piece, done);
      done += piece.length;
    }
    return data;
  }
}

function newPages(count: number): Page {
  return { bytes: new Uint8Array(count * PAGE_BYTES), origins: new Uint32Array(count * PAGE_BYTES) };
}

function tooMuch(key: 'image.too_large:data' | 'image.too_large:segments'): ImageError {
  const most = { mib: mib(LIMITS.dataBytes), segments: LIMITS.segments };
  return new ImageError(key, { ...most, series: SERIES_NAMES });
}
