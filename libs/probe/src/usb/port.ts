/**
 * The USB port: everything the station asks of a USB host, shaped like WebUSB's `USBDevice` with two
 * differences that production needs: every transfer carries a timeout, and a device is known by the port
 * it is plugged into (serial strings are duplicated, garbled or missing on real benches).
 *
 * Two implementations exist: npm `usb` (usb-host.ts) and the virtual bench, which may import these types
 * and nothing else of this library. Errors are therefore structural: see {@link UsbPortError}.
 */

/** What a failed USB call was, whatever host stack reported it. */
export type UsbErrorCode =
  | 'usb.timeout'
  | 'usb.stall'
  | 'usb.disconnected'
  | 'usb.busy'
  | 'usb.access_denied'
  | 'usb.not_found'
  | 'usb.invalid_state'
  | 'usb.protocol'
  | 'usb.io';

/** The shape of every error a port throws or rejects with; test it by `code`, never by class or text. */
export interface UsbPortError extends Error {
  readonly code: UsbErrorCode;
}

/** One alternate setting of one interface, as the configuration descriptor states it. */
export interface UsbInterfaceDescription {
  readonly interfaceNumber: number;
  readonly interfaceClass: number;
  readonly interfaceSubclass: number;
  readonly interfaceProtocol: number;
  readonly endpoints: readonly UsbEndpointDescription[];
}

export interface UsbEndpointDescription {
  /** Without the direction bit, as in WebUSB: address 0x81 is number 1, direction `in`. */
  readonly endpointNumber: number;
  readonly direction: 'in' | 'out';
  readonly type: 'bulk' | 'interrupt' | 'isochronous';
  readonly packetSize: number;
}

/** A setup packet, in WebUSB's words. */
export interface UsbControlSetup {
  readonly requestType: 'standard' | 'class' | 'vendor';
  readonly recipient: 'device' | 'interface' | 'endpoint' | 'other';
  readonly request: number;
  readonly value: number;
  readonly index: number;
}

/**
 * The time a device lives in. On a USB host it is the wall clock; on the virtual bench it is the slot's modelled
 * time, which only transfers and waits move. The driver side never calls `setTimeout`, `Date.now` or
 * `performance.now` for anything that hardware takes part in: it waits and measures here.
 */
export interface UsbClock {
  /** Monotonic, in milliseconds, with fractions. */
  now(): number;
  /** Lets `ms` milliseconds pass. */
  wait(ms: number): Promise<void>;
}

/**
 * One device as found by {@link UsbBus.devices}. A new object is returned at each enumeration: compare
 * devices by `portPath`. Reading a property never does I/O and never throws.
 *
 * One transfer per endpoint at a time. A stall, a timeout and an unplug all reject; a short packet
 * resolves with fewer bytes, so callers check lengths. A timeout of a transfer cancels it for good.
 */
export interface UsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  /** bcdDevice, e.g. 0x0100. */
  readonly deviceVersion: number;
  /** Bus and port chain as Linux names them: `1-4.2` is bus 1, port 4 of the root hub, port 2 of that hub. */
  readonly portPath: string;
  /** What the host addresses it by, 1 to 127, given at enumeration (USB 2.0, 9.1.2); another after the next one. */
  readonly address: number;
  readonly speed: 'low' | 'full' | 'high' | 'super';
  /** The serial string's UTF-16 units as sent by the device; undefined where it has none or would not say. */
  readonly serialNumber: string | undefined;
  readonly manufacturerName: string | undefined;
  readonly productName: string | undefined;
  readonly clock: UsbClock;
  /** Interfaces of the active (or first) configuration. */
  readonly interfaces: readonly UsbInterfaceDescription[];

  open(): Promise<void>;
  /** Releases what is claimed, then closes; closing twice or after an unplug is no error. */
  close(): Promise<void>;
  selectConfiguration(configurationValue: number): Promise<void>;
  claimInterface(interfaceNumber: number): Promise<void>;
  releaseInterface(interfaceNumber: number): Promise<void>;
  /** Resolves with at most `length` bytes. */
  transferIn(endpointNumber: number, length: number, timeoutMs: number): Promise<Uint8Array>;
  /** Resolves with the number of bytes the device took. */
  transferOut(endpointNumber: number, data: Uint8Array, timeoutMs: number): Promise<number>;
  controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<Uint8Array>;
  clearHalt(direction: 'in' | 'out', endpointNumber: number): Promise<void>;
  /** Port reset. Claims are lost: claim again. */
  reset(): Promise<void>;
}

/** A host's view of what is plugged in. */
export interface UsbBus {
  /** Every device now present, in port order. */
  devices(): Promise<UsbDevice[]>;
  /** Calls back after something was plugged in or out; returns the function that stops it. */
  onChange(listener: () => void): () => void;
  /** Frees what keeps the process alive (hotplug watch, worker threads). */
  close(): Promise<void>;
}
