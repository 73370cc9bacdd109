const FLASH_AGAIN = 'Flash the board again before it is used.';
const CHIP_LIMITS = 'The target voltage is {volts}, outside {min} to {max} V, the limits of the chip.';
const TAKE_OUT = 'Take the board out, and check its supply before the next one goes in.';

/** How a run ends: `reason` or `reason:case` → the sentence, and the next step where the table has none so good. */
export const RUN_SENTENCES = {
  cancelled: ['The run was cancelled.', FLASH_AGAIN],
  'timed-out': [
    'The run took longer than {seconds} s.',
    'Try again; raise the recipe’s time if boards are slow.',
  ],
  'station-failed': ['The station failed inside this step.', 'See the station’s log.'],
  'station-failed:not-connected': [
    'The recipe does not connect before this step.',
    'Begin the recipe with "connect".',
  ],
  'station-failed:host-usb': [
    'The host’s USB could not be looked at: {why}',
    'Run "boardwalk doctor" on this host.',
  ],
  'no-power': [
    '{volts} at the target: no power reaches the board, or no board is in the socket.',
    'Put a board in, switch its supply on, and check the contact of VCC and GND.',
  ],
  'no-target': ['{volts} at the target, and no chip answers. {why}', '{remedy}'],
  'target-lost': [
    'The chip with UID {known} was lost, and one with UID {uid} answers in its place.',
    'Keep the board in the slot until its run has ended; flash both boards again.',
  ],
  'voltage-not-measured': [
    'The target voltage was not measured; the recipe asks for {min} to {max} V.',
    'Use a probe that measures it, or take the limit out of the recipe.',
  ],
  'voltage-out-of-limits': [
    'The target voltage is {volts}, outside {min} to {max} V.',
    'Check the board’s supply and the pogo pins.',
  ],
  'voltage-out-of-limits:low': [CHIP_LIMITS, 'Check the contact and the board’s supply.'],
  'voltage-out-of-limits:high': [CHIP_LIMITS, TAKE_OUT],
  'voltage-out-of-limits:beyond': [`${CHIP_LIMITS} The chip survives {most} V at most.`, TAKE_OUT],
  'identity-differs': ['{summary}', 'Set the board aside; its flash was not touched.'],
  'identity-held': ['{summary}', 'Hold the board for the quality manager; its flash was not touched.'],
  'wrong-part:device-id': ['The device id is {deviceId}, the recipe expects {expected}.'],
  'wrong-part:size': ['The chip states {kib} KiB of flash, the recipe expects {expected} KiB.'],
  'image-does-not-fit:no-such-flash': [
    'The chip states {kib} KiB of flash and has no more: {why}',
    'Build the image smaller, or use a larger chip; flash the board again before it is used.',
  ],
  'image-does-not-fit:kept': [
    'The image touches the page at {page}, which the recipe keeps.',
    'Change the recipe’s "keep" or link the image elsewhere.',
  ],
  'image-does-not-fit:fill-overlaps': [
    'The fill at {fill} overlaps what is programmed at {other}.',
    'Correct the fill of the recipe.',
  ],
  'image-does-not-fit:fill-outside': ['The fill at {outside}', 'Correct the fill of the recipe.'],
  'patch-misfit:ascii': ['"{value}" is not printable ASCII.'],
  'patch-misfit:hex': ['"{value}" is not {bytes} bytes in hex.'],
  'patch-misfit:decimal': ['"{value}" is not a decimal number.'],
  'patch-misfit:number': ['"{value}" is not a number, in decimal or in hex with 0x.'],
  'patch-misfit:one-byte': ['"{value}" does not fit into 1 byte.'],
  'patch-misfit:bytes': ['"{value}" does not fit into {bytes} bytes.'],
  'verify-mismatch': ['Flash at {address} reads {actual} instead of {expected}.'],
  'verify-mismatch:digest': ['The chip’s digest at {address} does not agree with what SWD reads.'],
  'usb-not-seen': [
    'No {usbId} enumerated on USB within {seconds} s of the reset.',
    'Check that the board’s own USB is plugged into this host, and that its firmware makes the host enumerate it again at each start.',
  ],
} as const;
