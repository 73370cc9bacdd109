import type { RomTableIds } from './profile.ts';

/** A root ROM table that names ARM and the generic Cortex-M3, as several makers have it. */
export const ARM_GENERIC: RomTableIds = { pidr4: 0x04, pidr: [0xc3, 0xb4, 0x0b, 0x00] };

/** The same of the generic Cortex-M4. */
export const ARM_GENERIC_M4: RomTableIds = { pidr4: 0x04, pidr: [0xc4, 0xb4, 0x0b, 0x00] };

/** GigaDevice's; the part number is that of the GD32F103. */
export const GIGADEVICE: RomTableIds = { pidr4: 0x07, pidr: [0x6f, 0x17, 0x0d, 0x00] };

/** Ids that the maker never programmed. */
export const UNPROGRAMMED: RomTableIds = { pidr4: 0x00, pidr: [0x00, 0x00, 0x00, 0x00] };

/** A root ROM table that names ST (JEDEC 0x20) and part 0x400 + `part`. */
export function stRom(part: number): RomTableIds {
  return { pidr4: 0x00, pidr: [part & 0xff, 0x04, 0x0a, 0x00] };
}
