/** Offsets of the flash controller's registers (PM0075, 3; RM0091, 3.5); a second bank's set follows (PM0068). */
export const FLASH = {
  ACR: 0x00,
  KEYR: 0x04,
  OPTKEYR: 0x08,
  SR: 0x0c,
  CR: 0x10,
  AR: 0x14,
  OBR: 0x1c,
  WRPR: 0x20,
} as const;
export const BANK_STRIDE = 0x40;
export const KEY1 = 0x45670123;
export const KEY2 = 0xcdef89ab;
export const SR = { BSY: 1, PGERR: 4, WRPRTERR: 16, EOP: 32, CLEAR: 0x34 } as const;
export const CR = {
  PG: 1,
  PER: 2,
  MER: 4,
  OPTPG: 16,
  OPTER: 32,
  STRT: 64,
  LOCK: 128,
  OPTWRE: 512,
  OBL_LAUNCH: 1 << 13,
} as const;

/** Offsets in RCC (RM0008, 7.3; RM0091, 6.4). */
export const RCC = { CR: 0x00, CFGR: 0x04 } as const;
