/** Must agree with MIX and MIX_IN of loader.s. */
const MIX = 0x9e3779b1;
const ROTATION = 15;

/**
 * The sum of a page as the loader's `page_sums` makes it, 32 bits. A sieve: pages whose sums differ differ for sure;
 * pages whose sums agree are worth proving by SHA-256, or by the verify step that every PASS needs anyway.
 */
export function pageSum(page: Uint8Array): number {
  const words = new DataView(page.buffer, page.byteOffset, page.length);
  let sum = 0;
  for (let at = 0; at < page.length; at += 4) {
    const mixed = Math.imul(sum ^ words.getUint32(at, true), MIX);
    sum = (mixed >>> ROTATION) | (mixed << (32 - ROTATION));
  }
  return sum >>> 0;
}

export function blankPageSum(pageBytes: number): number {
  return pageSum(new Uint8Array(pageBytes).fill(0xff));
}
