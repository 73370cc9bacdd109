/** FPEC at 0x40022000 (PM0075, 3); a second bank's set lies 0x40 higher (PM0068). */
export const FLASH = {
  ACR: 0x40022000,
  KEYR: 0x40022004,
  OPTKEYR: 0x40022008,
  SR: 0x4002200c,
  CR: 0x40022010,
  AR: 0x40022014,
  OBR: 0x4002201c,
  WRPR: 0x40022020,
} as const;
export const BANK_STRIDE = 0x40;
export const KEY1 = 0x45670123;
export const KEY2 = 0xcdef89ab;
export const SR = { BSY: 1, PGERR: 4, WRPRTERR: 16, EOP: 32, CLEAR: 0x34 } as const;
export const CR = { PG: 1, PER: 2, MER: 4, OPTPG: 16, OPTER: 32, STRT: 64, LOCK: 128, OPTWRE: 512 } as const;
export const OBR_RDPRT = 2;

export const OPTION_BYTES_BASE = 0x1ffff800;
/** The option that leaves flash readable (PM0075, 2.4.2). */
export const RDP_OFF = 0xa5;

/** RCC (RM0008, 7.3). */
export const RCC = { CR: 0x40021000, CFGR: 0x40021004 } as const;

/** DBGMCU_CR: keep debugging in low-power modes, freeze both watchdogs while the core is halted (RM0008 31.16.3). */
export const DBGMCU_CR = 0xe0042004;
export const DBGMCU_FREEZE = 0x307;
