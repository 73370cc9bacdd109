import type { HostDevice, HostUsb } from '../usb/host-types.ts';

/**
 * Stands in for npm `usb` 3.1.0, which needs a kernel with USB: it throws what that package was seen to throw, with
 * its exact texts, and no more.
 */
export class PackageStandIn implements HostUsb {
  present: HostDevice[] | Error = [];
  enumerations = 0;
  readonly listeners: (() => void)[] = [];

  async getDevices(): Promise<HostDevice[]> {
    this.enumerations += 1;
    if (this.present instanceof Error) throw this.present;
    return [...this.present];
  }

  addEventListener(_type: 'connect' | 'disconnect', listener: () => void): void {
    this.listeners.push(listener);
  }

  removeEventListener(_type: 'connect' | 'disconnect', listener: () => void): void {
    this.listeners.splice(this.listeners.indexOf(listener), 1);
  }
}

/** A device of that package; what a test changes comes in `over`. It keeps a log of its calls. */
export function packageDevice(over: object, log: string[] = []): HostDevice {
  const call =
    (name: string, result: unknown = undefined) =>
    async (...args: unknown[]): Promise<unknown> => {
      log.push([name, ...args.filter((arg) => typeof arg !== 'object')].join(' '));
      return result;
    };
  const device = {
    bus: '001',
    address: 5,
    ports: [4],
    speed: 'full',
    vendorId: 0x0483,
    productId: 0x3748,
    deviceVersionMajor: 1,
    deviceVersionMinor: 0,
    deviceVersionSubminor: 0,
    serialNumber: '57FF72067265575742132067',
    manufacturerName: 'STMicroelectronics',
    productName: 'STM32 STLink',
    configurations: [],
    open: call('open'),
    close: call('close'),
    selectConfiguration: call('selectConfiguration'),
    claimInterface: call('claim'),
    releaseInterface: call('release'),
    transferIn: call('in', {}),
    transferOut: call('out', { bytesWritten: 16 }),
    controlTransferIn: call('control', {}),
    clearHalt: call('clearHalt'),
    reset: call('reset'),
  };
  Object.defineProperties(device, Object.getOwnPropertyDescriptors(over));
  return device as unknown as HostDevice;
}
