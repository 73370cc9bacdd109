import type { UsbControlSetup } from './port.ts';

/**
 * What npm `usb` 3.1.0 offers, as it behaves: beyond WebUSB's types it has `bus`, `ports`, `address` and a timeout
 * in milliseconds per transfer. The string and configuration getters may do I/O and may throw.
 */
export interface HostDevice {
  readonly bus: string;
  readonly address: number;
  readonly ports: readonly number[];
  readonly speed?: string;
  readonly vendorId: number;
  readonly productId: number;
  readonly deviceVersionMajor: number;
  readonly deviceVersionMinor: number;
  readonly deviceVersionSubminor: number;
  readonly serialNumber: string | null;
  readonly manufacturerName: string | null;
  readonly productName: string | null;
  readonly configurations: readonly HostConfiguration[];
  open(): Promise<void>;
  close(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(value: number): Promise<void>;
  releaseInterface(value: number): Promise<void>;
  transferIn(endpoint: number, length: number, timeoutMs: number): Promise<{ data?: DataView }>;
  transferOut(endpoint: number, data: Uint8Array, timeoutMs: number): Promise<{ bytesWritten?: number }>;
  controlTransferIn(setup: UsbControlSetup, length: number, timeoutMs: number): Promise<{ data?: DataView }>;
  clearHalt(direction: 'in' | 'out', endpoint: number): Promise<void>;
  reset(): Promise<void>;
}

export interface HostConfiguration {
  readonly interfaces: readonly {
    readonly interfaceNumber: number;
    readonly alternates: readonly {
      readonly interfaceClass: number;
      readonly interfaceSubclass: number;
      readonly interfaceProtocol: number;
      readonly endpoints: readonly {
        readonly endpointNumber: number;
        readonly direction: string;
        readonly type: string;
        readonly packetSize: number;
      }[];
    }[];
  }[];
}

export interface HostUsb {
  getDevices(): Promise<HostDevice[]>;
  addEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
  removeEventListener(type: 'connect' | 'disconnect', listener: () => void): void;
}
