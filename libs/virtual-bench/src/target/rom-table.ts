import type { BoardProfile } from '../profiles/profile.ts';

export const ROM_TABLE_BASE = 0xe00ff000;
const CIDR = [0x0d, 0x10, 0x05, 0xb1];
/** SCS, DWT, FPB, ITM, TPIU, then ETM: offsets from the table, bit 0 present (ARM DDI0337). */
const ENTRIES = [0xfff0f003, 0xfff02003, 0xfff03003, 0xfff01003, 0xfff41003] as const;
const ETM_PRESENT = 0xfff42003;
const ETM_ABSENT = 0xfff42002;

/** The root CoreSight ROM table: what an authenticity check reads first. */
export function readRomTable(profile: BoardProfile, offset: number): number {
  const { pidr4, pidr } = profile.rom;
  if (offset === 0xfd0) return pidr4;
  if (offset >= 0xff0) return CIDR[(offset - 0xff0) >>> 2] ?? 0;
  if (offset >= 0xfe0) return pidr[(offset - 0xfe0) >>> 2] ?? 0;
  if (offset === 0xfcc) return 1;
  if (offset === 20) return profile.etm ? ETM_PRESENT : ETM_ABSENT;
  return ENTRIES[offset >>> 2] ?? 0;
}
