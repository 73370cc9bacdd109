/** Typical times of medium-density silicon: DS5319, "Flash memory characteristics". */
const HALF_WORD_S = 52.5e-6;
const MASS_ERASE_S = 0.03;
const PAGE_ERASE_S = 0.0205;
/** SHA-256 out of RAM at the fewest cycles a byte that are reachable there, at 64 MHz. */
const DIGEST_S_PER_BYTE = 55 / 64e6;

export type BoardState = 'blank' | 'full' | 'same' | 'one page changed';

/** Seconds that the cells alone need for an image. */
export function cellFloor(bytes: number): number {
  return (bytes / 2) * HALF_WORD_S;
}

/** Seconds below which no run can get: what the silicon must erase, program and hash twice, and nothing else. */
export function runFloor(
  board: BoardState,
  imageBytes: number,
  { flashBytes, pageBytes }: { flashBytes: number; pageBytes: number },
): number {
  const digests = 2 * flashBytes * DIGEST_S_PER_BYTE;
  const work: Readonly<Record<BoardState, number>> = {
    blank: cellFloor(imageBytes),
    full: MASS_ERASE_S + cellFloor(imageBytes),
    same: 0,
    'one page changed': PAGE_ERASE_S + cellFloor(pageBytes),
  };
  return work[board] + digests;
}
