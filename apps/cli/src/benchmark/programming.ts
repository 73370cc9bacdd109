import { cellFloor, runFloor, type BoardState } from './floor.ts';
import { BenchmarkStation, randomBytes } from './station-on-virtual-bench.ts';

/** One row of the programming-time table; all times are modelled seconds. */
export interface ProgrammingRow {
  readonly kib: number;
  readonly profile: string;
  readonly board: BoardState;
  readonly steps: Readonly<Record<string, number>>;
  readonly totalS: number;
  readonly programS: number;
  readonly floorS: number;
  readonly cellFloorS: number;
}

/** The smallest part of the line that holds the image, as one would buy it. */
const SIZES = [
  { kib: 16, profile: 'f103c8' },
  { kib: 64, profile: 'f103c8' },
  { kib: 128, profile: 'f103cb' },
] as const;
const FLASH_KIB: Readonly<Record<string, number>> = { f103c8: 64, f103cb: 128 };
const STATES: readonly BoardState[] = ['blank', 'full', 'same', 'one page changed'];
const PAGE_BYTES = 1024;

/** Runs every size on every state of a board. */
export async function measureProgramming(onRow: (row: ProgrammingRow) => void): Promise<ProgrammingRow[]> {
  const rows: ProgrammingRow[] = [];
  for (const size of SIZES) {
    for (const board of STATES) {
      const row = await measure(size, board);
      rows.push(row);
      onRow(row);
    }
  }
  return rows;
}

/** One row: an image of `kib` on a board of `profile` in this state. */
export async function measure(
  { kib, profile }: { readonly kib: number; readonly profile: string },
  board: BoardState,
): Promise<ProgrammingRow> {
  const flashKib = FLASH_KIB[profile]!;
  const station = await BenchmarkStation.open([profile]);
  try {
    const image = randomBytes(kib * 1024, 1);
    const before = earlierContent(board, image, flashKib * 1024);
    if (before) await station.run('1', before);
    const { totalS, steps } = await station.run('1', image);
    const geometry = { flashBytes: flashKib * 1024, pageBytes: PAGE_BYTES };
    return {
      kib,
      profile,
      board,
      steps,
      totalS,
      programS: steps['program']!,
      floorS: runFloor(board, image.length, geometry),
      cellFloorS: cellFloor(board === 'same' ? 0 : board === 'one page changed' ? PAGE_BYTES : image.length),
    };
  } finally {
    await station.close();
  }
}

/** What the board was flashed with before the run that is timed. */
function earlierContent(board: BoardState, image: Uint8Array, flashBytes: number): Uint8Array | null {
  if (board === 'blank') return null;
  if (board === 'full') return randomBytes(flashBytes, 2);
  if (board === 'same') return image;
  const changed = image.slice();
  const middle = image.length / 2;
  changed.set(randomBytes(PAGE_BYTES, 3), middle - (middle % PAGE_BYTES));
  return changed;
}
