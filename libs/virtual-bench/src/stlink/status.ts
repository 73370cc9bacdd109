import type { SwdFailure } from '../debug-port/debug-port.ts';

/** Status bytes of ST-LINK replies. */
export const STATUS = {
  ok: 0x80,
  unknownCommand: 0x42,
  frequencyNotSupported: 0x41,
  noTarget: 0x09,
  apWait: 0x10,
  apFault: 0x11,
  apParity: 0x13,
  stickyError: 0x19,
  badAp: 0x1d,
} as const;

export const STATUS_OF_FAILURE: Readonly<Record<SwdFailure, number>> = {
  'no-target': STATUS.noTarget,
  fault: STATUS.apFault,
  wait: STATUS.apWait,
  parity: STATUS.apParity,
  sticky: STATUS.stickyError,
  'bad-ap': STATUS.badAp,
};
