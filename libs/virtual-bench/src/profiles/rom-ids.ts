import type { RomTableIds } from './profile.ts';

/** A root ROM table that names ARM and the generic Cortex-M3, as several makers have it. */
export const ARM_GENERIC: RomTableIds = { pidr4: 0x04, pidr: [0xc3, 0xb4, 0x0b, 0x00] };

/** A root ROM table that names ST (JEDEC 0x20) and part 0x400 + `part`. */
export function stRom(part: number): RomTableIds {
  return { pidr4: 0x00, pidr: [part & 0xff, 0x04, 0x0a, 0x00] };
}
