/** Where main flash begins on every series that the station knows (RM0008 3.3, RM0091 3.1). */
export const FLASH_BASE = 0x08000000;
/** The first address after the room that ST keeps for main flash (RM0008 figure 9, RM0091 figure 2). */
export const FLASH_ROOM_END = 0x10000000;
/** Boot ROM, signature and option bytes of every line are from here to the end of the code region. */
export const SYSTEM_MEMORY = 0x1fff0000;
