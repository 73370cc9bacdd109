import { ProbeError, type ProbeErrorCode } from '@boardwalk/debug';
import type { UsbErrorCode, UsbPortError } from './port.ts';

interface Failure {
  readonly code: ProbeErrorCode;
  readonly says: string;
  readonly remedy: string;
}

/** What each USB failure means to a person at the bench. */
const FAILURES: Readonly<Record<UsbErrorCode, Failure>> = {
  'usb.timeout': {
    code: 'probe.no_answer',
    says: 'the probe does not answer',
    remedy: 'Unplug the probe and plug it in again.',
  },
  'usb.stall': {
    code: 'probe.protocol',
    says: 'the probe refused the transfer',
    remedy: 'Try again; if it stays, replug the probe.',
  },
  'usb.disconnected': {
    code: 'probe.disconnected',
    says: 'the probe was unplugged',
    remedy: 'Plug the probe in again.',
  },
  'usb.busy': {
    code: 'probe.busy',
    says: 'another program holds the probe',
    remedy: 'End the other program (OpenOCD, st-util, an IDE) and try again.',
  },
  'usb.access_denied': {
    code: 'probe.access_denied',
    says: 'this user may not open the probe',
    remedy: 'Install the udev rule that `boardwalk doctor --udev` prints, then replug the probe.',
  },
  'usb.not_found': {
    code: 'probe.disconnected',
    says: 'the probe is gone',
    remedy: 'Plug the probe in again.',
  },
  'usb.invalid_state': {
    code: 'probe.usb',
    says: 'the probe is not open',
    remedy: 'Try again; if it stays, replug the probe.',
  },
  'usb.protocol': {
    code: 'probe.protocol',
    says: 'the transfer was garbled',
    remedy: 'Try a shorter cable or another USB port.',
  },
  'usb.io': { code: 'probe.usb', says: 'USB failed', remedy: 'Replug the probe; try another USB port.' },
};

/** By shape, not by class: ports have errors of their own, perhaps from another realm. */
export function isUsbPortError(cause: unknown): cause is UsbPortError {
  const code = (cause as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && Object.hasOwn(FAILURES, code);
}

/** A USB failure as a ProbeError; anything else passes unchanged. */
export function asProbeError(cause: unknown, portPath: string, operation: string): unknown {
  if (!isUsbPortError(cause)) return cause;
  const { code, says, remedy } = FAILURES[cause.code];
  return new ProbeError(code, `Probe ${portPath}: ${says} (${operation}).`, {
    portPath,
    operation,
    remedy,
    cause,
  });
}

/** What every call on an unplugged probe ends with. */
export function probeGone(portPath: string, operation: string): ProbeError {
  const { code, says, remedy } = FAILURES['usb.disconnected'];
  return new ProbeError(code, `Probe ${portPath}: ${says} (${operation}).`, { portPath, operation, remedy });
}
