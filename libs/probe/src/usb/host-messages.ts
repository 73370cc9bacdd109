import { RefusalError, said } from '@boardwalk/contracts';
import type { UsbErrorCode, UsbPortError } from './port.ts';

/**
 * The meanings of the messages of npm `usb`. Every error it throws is a plain `Error` with code `GenericFailure` or
 * `InvalidArg`; only the text tells (texts observed with usb 3.1.0 on Linux 6.1). The first match counts.
 */
const MESSAGES: readonly (readonly [RegExp, UsbErrorCode])[] = [
  [/Cancelled/, 'usb.timeout'],
  [/stall/i, 'usb.stall'],
  [/interface not found|configuration not found/, 'usb.not_found'],
  [/Disconnected|device not found|errno 19\b|errno 2\b/, 'usb.disconnected'],
  [/permission denied|errno 13\b/, 'usb.access_denied'],
  [/is busy|errno 16\b/, 'usb.busy'],
  [/Fault|Overflow|InvalidData/, 'usb.protocol'],
  [/invalid state|endpoint not found|InvalidArgument|borrowed|napi value/, 'usb.invalid_state'],
];

/** An error of the host's USB stack in the shape that the port promises. */
export class HostUsbError extends RefusalError<UsbErrorCode> implements UsbPortError {
  constructor(code: UsbErrorCode, says: string, cause: unknown) {
    const { message, remedy, params } = said(code, { says });
    super(code, message, { params, remedy, cause });
    this.name = 'UsbPortError';
  }
}

export function asPortError(cause: unknown): HostUsbError {
  if (cause instanceof HostUsbError) return cause;
  const message = messageOf(cause);
  return new HostUsbError(codeOfMessage(message), message, cause);
}

/** By shape: the native part of the package may have its errors from another realm than `Error` here. */
export function messageOf(cause: unknown): string {
  const message = (cause as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(cause);
}

export function codeOfMessage(message: string): UsbErrorCode {
  return MESSAGES.find(([pattern]) => pattern.test(message))?.[1] ?? 'usb.io';
}
