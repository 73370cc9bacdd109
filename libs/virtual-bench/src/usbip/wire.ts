import type { VirtualUsbDevice, UrbStatus } from '../usb/urb.ts';

/** USB/IP protocol v1.1.1, Linux Documentation/usb/usbip_protocol.rst. All integers are big-endian. */
export const VERSION = 0x0111;
export const OP_REQ_IMPORT = 0x8003;
export const OP_REQ_DEVLIST = 0x8005;
export const CMD_SUBMIT = 1;
export const CMD_UNLINK = 2;

export const OP_HEADER_BYTES = 8;
export const BUS_ID_BYTES = 32;
export const COMMAND_BYTES = 48;
const PATH_BYTES = 256;
const DEVICE_BYTES = 312;

/** Negative Linux error numbers (asm-generic/errno.h) that a host controller reports for each URB status. */
export const ERRNO_OF_STATUS: Readonly<Record<UrbStatus, number>> = {
  ok: 0,
  stall: -32,
  protocol: -71,
  overflow: -75,
  disconnected: -108,
  cancelled: -104,
};
export const ECONNRESET = -104;

/** USB_SPEED_FULL and USB_SPEED_HIGH of linux/usb/ch9.h. */
const SPEEDS = { full: 2, high: 3 } as const;

/** An exported device with the numbers its bus id stands for. */
export interface ExportedDevice {
  readonly busId: string;
  readonly busNumber: number;
  readonly deviceNumber: number;
  readonly usb: VirtualUsbDevice;
  /** Lets the slot's modelled time pass with nobody on USB. */
  readonly idle: (ms: number) => Promise<void>;
}

export function opReply(code: number, status: number): Buffer {
  const header = Buffer.alloc(OP_HEADER_BYTES);
  header.writeUInt16BE(VERSION, 0);
  header.writeUInt16BE(code, 2);
  header.writeUInt32BE(status, 4);
  return header;
}

/** `struct usbip_usb_device`, 312 bytes. */
export function deviceRecord({ busId, busNumber, deviceNumber, usb }: ExportedDevice): Buffer {
  const record = Buffer.alloc(DEVICE_BYTES);
  const { deviceDescriptor: device, configurationDescriptor: configuration } = usb;
  record.write(`/sys/devices/virtual/boardwalk/usb${busNumber}/${busId}`, 0, PATH_BYTES - 1, 'latin1');
  record.write(busId, PATH_BYTES, BUS_ID_BYTES - 1, 'latin1');
  let at = PATH_BYTES + BUS_ID_BYTES;
  for (const word of [busNumber, deviceNumber, SPEEDS[usb.speed]]) at = record.writeUInt32BE(word, at);
  for (const offset of [8, 10, 12])
    at = record.writeUInt16BE(device[offset]! | (device[offset + 1]! << 8), at);
  // Class, subclass, protocol; the configuration in use; configurations; interfaces.
  record.set([device[4]!, device[5]!, device[6]!, configuration[5]!, device[17]!, configuration[4]!], at);
  return record;
}

/** Class, subclass and protocol of each interface, padded to four bytes, as a device list carries them. */
export function interfaceRecords({ usb }: ExportedDevice): Buffer {
  const bytes = usb.configurationDescriptor;
  const records: number[] = [];
  for (let at = 0; at + 8 < bytes.length && bytes[at]! > 0; at += bytes[at]!) {
    if (bytes[at + 1] === 4) records.push(bytes[at + 5]!, bytes[at + 6]!, bytes[at + 7]!, 0);
  }
  return Buffer.from(records);
}

export interface Submit {
  readonly kind: 'submit';
  readonly sequence: number;
  /** 0x80 for IN. */
  readonly direction: number;
  readonly endpoint: number;
  readonly length: number;
  readonly packets: number;
  readonly setup: Uint8Array;
}
export interface Unlink {
  readonly kind: 'unlink';
  readonly sequence: number;
  readonly victim: number;
}

/** Decodes a 48-byte command; null where it is none. */
export function decodeCommand(bytes: Buffer): Submit | Unlink | null {
  const command = bytes.readUInt32BE(0);
  const sequence = bytes.readUInt32BE(4);
  if (command === CMD_UNLINK) return { kind: 'unlink', sequence, victim: bytes.readUInt32BE(20) };
  const direction = bytes.readUInt32BE(12);
  const endpoint = bytes.readUInt32BE(16);
  if (command !== CMD_SUBMIT || direction > 1 || endpoint > 15) return null;
  return {
    kind: 'submit',
    sequence,
    direction: direction === 1 ? 0x80 : 0,
    endpoint,
    length: bytes.readUInt32BE(24),
    packets: bytes.readUInt32BE(32),
    setup: Uint8Array.from(bytes.subarray(40, 48)),
  };
}

export function submitReply(sequence: number, status: number, actualBytes: number, data: Uint8Array): Buffer {
  const header = Buffer.alloc(COMMAND_BYTES);
  header.writeUInt32BE(3, 0);
  header.writeUInt32BE(sequence, 4);
  header.writeInt32BE(status, 20);
  header.writeUInt32BE(actualBytes, 24);
  return data.length === 0 ? header : Buffer.concat([header, data]);
}

export function unlinkReply(sequence: number, status: number): Buffer {
  const header = Buffer.alloc(COMMAND_BYTES);
  header.writeUInt32BE(4, 0);
  header.writeUInt32BE(sequence, 4);
  header.writeInt32BE(status, 20);
  return header;
}
