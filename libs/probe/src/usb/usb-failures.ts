import { ProbeError } from '@boardwalk/debug';
import type { UsbErrorCode, UsbPortError } from './port.ts';

/** The sentence about each USB failure, for a person at the bench. */
const SENTENCES = {
  'usb.timeout': 'probe.no_answer:usb',
  'usb.stall': 'probe.protocol:stall',
  'usb.disconnected': 'probe.disconnected',
  'usb.busy': 'probe.busy',
  'usb.access_denied': 'probe.access_denied',
  'usb.not_found': 'probe.disconnected:gone',
  'usb.invalid_state': 'probe.usb:closed',
  'usb.protocol': 'probe.protocol:garbled',
  'usb.io': 'probe.usb',
} as const satisfies Readonly<Record<UsbErrorCode, string>>;

/** By shape, not by class: ports have errors of their own, perhaps from another realm. */
export function isUsbPortError(cause: unknown): cause is UsbPortError {
  const code = (cause as { readonly code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && Object.hasOwn(SENTENCES, code);
}

/** A USB failure as a ProbeError; anything else passes unchanged. */
export function asProbeError(cause: unknown, portPath: string, operation: string): unknown {
  if (!isUsbPortError(cause)) return cause;
  return new ProbeError(SENTENCES[cause.code], { portPath, operation }, { cause });
}

/** The end of every call on an unplugged probe. */
export function probeGone(portPath: string, operation: string): ProbeError {
  return new ProbeError('probe.disconnected', { portPath, operation });
}
