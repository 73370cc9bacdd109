const SET_ASIDE = 'Check the supply voltage of the board. If it fails again, set the board aside.';

/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const FLASH_SENTENCES = {
  'flash.unknown_family': [
    'Device id {deviceId} belongs to no line that the station knows ({series}).',
    'Check that the board has a chip of one of these series: {series}.',
  ],
  'flash.outside': ['{why}', 'Check the address, and that the image was built for this chip.'],
  'flash.wrong_image': [
    '{why}',
    'Use the image for this chip. If these bytes are meant as they are, say so with --raw (REST: raw=true).',
  ],
  'flash.read_protected': ['The chip is read-protected: its flash cannot be read or programmed.'],
  'flash.read_protected:rdp': [
    'The chip is read-protected: changing RDP erases the whole flash.',
    'Stop the station, then run "boardwalk unprotect". It asks before it erases.',
  ],
  'flash.write_protected': [
    'The flash is write-protected at {address}.',
    'Remove the write protection with the recipe step "options", or stop the station and run: boardwalk options set WRP=0xffffffff.',
  ],
  'flash.program_failed': [
    'The flash cell at {address} is not blank and cannot be programmed.',
    'Erase the flash. If the cell stays like this, it is worn out: set the board aside.',
  ],
  'flash.loader_failed': ['The target’s RAM is bad: no loader can run in it.', 'Set the board aside.'],
  'flash.loader_failed:memory': [
    'The target’s RAM does not keep its content at {address}.',
    'Set the board aside. If many boards fail like this, lower the SWD clock and check the cable.',
  ],
  'flash.loader_failed:signature': [
    'The loader in the target’s RAM ended without its signature.',
    'Try again. If it happens again, the RAM or the core of the chip is bad: set the board aside.',
  ],
  'flash.reads_unstable': ['The reads are unstable: flash at {address} {what}.'],
  'flash.timeout': ['The flash cell at {address} never finished programming.', SET_ASIDE],
  'flash.timeout:erase': ['The target took more than {ms} ms to {doing} at {address}.', SET_ASIDE],
  'flash.timeout:options': [
    'The target took more than {ms} ms to {doing}.',
    'Check the supply voltage of the board, then write the options again: they are erased.',
  ],
  'flash.timeout:stalled': [
    'The target made no progress for {ms} ms while programming.',
    'Check the supply of the board. Try again, or set the board aside.',
  ],
  'flash.options_not_taken': ['The option bytes were not taken: {why}.'],
  'flash.options_not_taken:unsaid': [
    'The option bytes were not taken: the chip does not say that it is protected.',
    'Power-cycle the board, then look again.',
  ],
  'flash.options_not_taken:readable': [
    'The option bytes were not taken: flash can still be read.',
    'Set the board aside: it is not protected.',
  ],
  'flash.options_not_taken:rdp': [
    'Read protection is not set as an option among others.',
    'Use the recipe step "protect", or stop the station and run "boardwalk protect". Both prove that flash cannot be read afterwards.',
  ],
  'flash.no_option': ['This chip has no option {name}.', 'Leave it out. Options of this chip: {names}.'],
  'flash.permanent': [
    'RDP {rdp} is read protection level 2: it closes the debug port of this chip for ever, and no tool can undo it.',
    'Use the recipe step "protect", or stop the station and run "boardwalk protect". Both set level 1.',
  ],
  'flash.permanent:pending': [
    'The option bytes have RDP {rdp}, written by another tool: the next power-on makes that permanent (level 2).',
    'Keep the board powered. Stop the station and run "boardwalk unprotect" now: it writes another value.',
  ],
  'flash.cancelled': [
    'Programming was cancelled; the flash holds part of the image.',
    'Flash the board again before it is used.',
  ],
  'flash.cancelled:step': ['{says}', '{remedy}'],
} as const;
