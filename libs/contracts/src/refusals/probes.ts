import { CALL_ENGINEER, SEAT_AND_SCAN, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** Between the station and a probe on USB. */
export const PROBE_ROWS = rows(
  { status: 409, retryable: true, exit: 'stationFailed', run: 'probe-failed', operator: CALL_ENGINEER },
  {
    'probe.access_denied': {
      means: 'The user of the station has no permission to open the probe.',
      engineer: 'Install the udev rule that "boardwalk doctor --udev" prints, then plug the probe in again.',
    },
    'probe.busy': {
      means: 'Another program uses the probe.',
      engineer: 'Close the other program (OpenOCD, st-util, an IDE), then try again.',
    },
    'probe.disconnected': {
      run: 'probe-lost',
      means: 'The probe was unplugged.',
      engineer: 'Plug the probe in again.',
    },
    'probe.no_answer': {
      means: 'The probe does not answer.',
      engineer: 'Unplug the probe and plug it in again.',
    },
    'probe.host_late': {
      run: 'station-slow',
      means: 'The station computer did not run for so long that a time limit passed.',
      operator: WAIT,
      engineer: 'Close other programs on this computer and keep it from sleeping, then try again.',
    },
    'probe.protocol': {
      means: 'The probe gave a wrong answer.',
      engineer: 'Try again. If it happens again, unplug the probe and plug it in again.',
    },
    'probe.usb': {
      means: 'USB failed at this probe.',
      engineer: 'Unplug the probe and plug it in again, or use another USB port.',
    },
    'probe.unsupported': {
      means: 'The probe or its firmware cannot do this.',
      engineer: 'Update the firmware of the probe with the tool of ST, or use another probe.',
    },
  },
);

/** The host's USB below any probe: only its own list of devices fails like this, all else is told of a probe. */
export const USB_ROWS = rows(
  { status: null, retryable: true, exit: 'stationFailed', operator: CALL_ENGINEER },
  {
    'usb.timeout': { means: 'A USB transfer took too long.', engineer: 'Plug the device in again.' },
    'usb.stall': { means: 'The device refused a USB transfer.', engineer: 'Plug the device in again.' },
    'usb.disconnected': { means: 'The device left USB.', engineer: 'Plug the device in again.' },
    'usb.busy': { means: 'Another program uses the device.', engineer: 'Close the other program.' },
    'usb.access_denied': {
      means: 'The user of the station has no permission to open the device.',
      engineer: 'Install the udev rule that "boardwalk doctor --udev" prints, then plug the device in again.',
    },
    'usb.not_found': { means: 'The device has no such interface.', engineer: 'Plug the device in again.' },
    'usb.invalid_state': { means: 'The device is not open.', engineer: 'Plug the device in again.' },
    'usb.protocol': { means: 'A USB transfer was garbled.', engineer: 'Use another cable or USB port.' },
    'usb.io': { means: 'USB failed.', engineer: 'Check the USB of this computer with "boardwalk doctor".' },
  },
);

/** Between a probe and the target: the wires, the power, the core. */
export const TARGET_ROWS = rows(
  { status: 409, retryable: true, exit: 'stationFailed', run: 'target-lost', operator: SEAT_AND_SCAN },
  {
    'target.none': {
      run: 'no-target',
      means: 'No target answers.',
      engineer: 'Check SWDIO, SWCLK, GND and power, or connect under reset.',
    },
    'target.wait': {
      means: 'The target keeps the probe waiting.',
      engineer: 'Try again, or connect under reset.',
    },
    'target.fault': {
      means: 'The target refused an access to memory or to a debug register.',
      engineer: 'Check the address. The chip may also be read-protected.',
    },
    'target.line': {
      run: 'line-bad',
      means: 'Data arrives wrong on the SWD line.',
      engineer: 'Lower the SWD clock, or use a shorter cable.',
    },
    'target.not_halted': {
      means: 'The core is running and must be halted for this.',
      engineer: 'Connect under reset.',
    },
    'target.timeout': {
      means: 'The core did not halt in time.',
      engineer: 'Connect under reset. Check the power of the board and that nothing pulls nRST low.',
    },
    'target.no_power': {
      run: 'no-power',
      status: null,
      means: 'No power reaches the board.',
      engineer: 'Check the supply of the board and the contact.',
    },
    'target.voltage_out_of_limits': {
      run: 'voltage-out-of-limits',
      status: null,
      exit: 'boardFailed',
      means: 'The voltage of the target is out of its limits.',
      engineer: 'Check the supply of the board and the contact.',
    },
  },
);
