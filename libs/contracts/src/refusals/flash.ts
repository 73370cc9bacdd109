import { CALL_ENGINEER, ONCE_MORE, QUALITY_BOX, RED_BOX } from './operator-words.ts';
import { rows } from './row.ts';

/** Flash that the target did not erase, program, read or protect. */
export const FLASH_ROWS = rows(
  { status: null, retryable: false, exit: 'boardFailed', run: 'program-failed', operator: ONCE_MORE },
  {
    'flash.unknown_family': {
      exit: 'refusedByPolicy',
      run: 'unknown-part',
      means: 'The chip belongs to no series that the station knows.',
      operator: QUALITY_BOX,
      engineer: 'Check which chip is on the board.',
    },
    'flash.outside': {
      exit: 'wrongUsage',
      run: 'image-does-not-fit',
      means: 'The image has no place in the flash of the chip.',
      operator: CALL_ENGINEER,
      engineer: 'Build the image for this chip, or use a larger chip.',
    },
    'flash.wrong_image': {
      exit: 'wrongUsage',
      run: 'image-does-not-fit',
      means: 'The image was built for another chip.',
      operator: CALL_ENGINEER,
      engineer: 'Build the image for this chip.',
    },
    'flash.read_protected': {
      run: 'read-protected',
      means: 'The chip is read-protected: its flash cannot be read or programmed.',
      operator: RED_BOX,
      engineer:
        'Stop the station, then run "boardwalk unprotect". It removes the read protection and erases the flash.',
    },
    'flash.write_protected': {
      run: 'write-protected',
      means: 'The chip protects pages that the image needs.',
      operator: RED_BOX,
      engineer: 'Remove the write protection with the recipe step "options" and WRP 0xffffffff.',
    },
    'flash.program_failed': {
      means: 'The chip did not program its flash.',
      engineer: 'Flash the board again. If it fails again, set the board aside.',
    },
    'flash.loader_failed': {
      means: 'The RAM or the core of the chip is bad: the loader did not work.',
      engineer: 'Try again. If many boards fail like this, lower the SWD clock and check the cable.',
    },
    'flash.reads_unstable': {
      exit: 'stationFailed',
      run: 'reads-unstable',
      means: 'Two reads of the same flash differ.',
      operator: CALL_ENGINEER,
      engineer: 'Check the cable and the contact, or lower the SWD clock. Then flash the board again.',
    },
    'flash.timeout': {
      means: 'The flash of the chip did not finish in time.',
      engineer: 'Check the supply voltage of the board. If it fails again, set the board aside.',
    },
    'flash.verify_mismatch': {
      run: 'verify-mismatch',
      means: 'The flash reads different from the image.',
      engineer: 'Flash the board once more. If it fails again, set it aside.',
    },
    'flash.options_not_taken': {
      means: 'The option bytes did not change.',
      engineer: 'Try again after a power cycle. Some clones do not accept the sequence of ST.',
    },
    'flash.no_option': {
      exit: 'wrongUsage',
      run: 'image-does-not-fit',
      means: 'The chip has no such option byte.',
      operator: CALL_ENGINEER,
      engineer: 'Leave the option out.',
    },
    'flash.permanent': {
      exit: 'refusedByPolicy',
      run: 'read-protected',
      means: 'Read protection level 2 is permanent, so it is never set.',
      operator: QUALITY_BOX,
      engineer: 'Use the recipe step "protect", which sets level 1.',
    },
    'flash.cancelled': {
      exit: 'interrupted',
      run: 'cancelled',
      means: 'Programming was cancelled.',
      engineer: 'Flash the board again before it is used.',
    },
  },
);
