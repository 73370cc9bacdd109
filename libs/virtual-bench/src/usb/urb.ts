/**
 * The border between a virtual USB device and whoever plays the host: the USB port adapter of this library
 * (port-adapter side) or the USB/IP server. It is the kernel's view: URBs on endpoint addresses.
 */

export type UrbStatus = 'ok' | 'stall' | 'overflow' | 'protocol' | 'disconnected' | 'cancelled';

export interface UrbRequest {
  /** Chosen by the host, unique among its pending URBs on this device. */
  readonly id: number;
  /** Endpoint address with the direction bit: 0x00/0x80 control, 0x81, 0x02 … */
  readonly endpoint: number;
  /** The 8 bytes of a control transfer's setup packet. */
  readonly setup?: Uint8Array;
  /** OUT data. */
  readonly data?: Uint8Array;
  /** IN: the most bytes the host takes. A longer reply is `overflow`, as the host controller's babble. */
  readonly length: number;
}

export interface UrbResult {
  readonly status: UrbStatus;
  /** IN: what was read. */
  readonly data: Uint8Array;
  /** OUT: how many bytes were taken. */
  readonly bytesWritten: number;
}

export interface VirtualUsbDevice {
  readonly portPath: string;
  readonly speed: 'full' | 'high';
  /** 18 bytes. */
  readonly deviceDescriptor: Uint8Array;
  /** Configuration with its interfaces and endpoints, as GET_DESCRIPTOR(configuration) answers. */
  readonly configurationDescriptor: Uint8Array;
  /** Never rejects. An IN URB with nothing to say stays pending (parked) until data, unlink, reset or unplug. */
  submit(urb: UrbRequest): Promise<UrbResult>;
  /** Cancels a pending URB, which then resolves `cancelled`; resolves false when it had completed before. */
  unlink(id: number): Promise<boolean>;
  /** Port reset: queued replies, pending OUT counts and parked URBs are dropped; the target keeps its state. */
  reset(): Promise<void>;
}
