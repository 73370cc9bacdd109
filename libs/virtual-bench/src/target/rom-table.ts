import type { BoardProfile } from '../profiles/profile.ts';
import type { Series } from '../profiles/series.ts';

export const ROM_TABLE_BASE = 0xe00ff000;
const CIDR = [0x0d, 0x10, 0x05, 0xb1];

/** The root CoreSight ROM table: what an authenticity check reads first. */
export function readRomTable(
  { rom: { pidr4, pidr }, etm }: BoardProfile,
  { romTable, etmEntry }: Series,
  offset: number,
): number {
  if (offset === 0xfd0) return pidr4;
  if (offset >= 0xff0) return CIDR[(offset - 0xff0) >>> 2] ?? 0;
  if (offset >= 0xfe0) return pidr[(offset - 0xfe0) >>> 2] ?? 0;
  if (offset === 0xfcc) return 1;
  if (etmEntry !== null && offset === 4 * romTable.length) return (etmEntry | (etm ? 1 : 0)) >>> 0;
  return romTable[offset >>> 2] ?? 0;
}
