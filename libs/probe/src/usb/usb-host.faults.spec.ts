import { packageDevice, PackageStandIn } from '../testing/package-stand-in.ts';
import { codeOfMessage } from './host-messages.ts';
import { UsbHost } from './usb-host.ts';

test.each([
  ['transferIn error: Cancelled', 'usb.timeout'],
  ['transferOut error: Cancelled', 'usb.timeout'],
  ['transferIn error: Stall', 'usb.stall'],
  ['controlTransferIn error: endpoint stalled', 'usb.stall'],
  ['transferOut error: Disconnected', 'usb.disconnected'],
  ['open error: device not found (errno 2)', 'usb.disconnected'],
  ['claimInterface error: interface not found (errno 2)', 'usb.not_found'],
  ['claimInterface error: interface is busy (errno 16)', 'usb.busy'],
  ['selectConfiguration error: device is busy (errno 16)', 'usb.busy'],
  ['open error: permission denied (errno 13)', 'usb.access_denied'],
  ['claimInterface error: invalid state', 'usb.invalid_state'],
  ['transferIn error: endpoint not found', 'usb.invalid_state'],
  ['transferIn error: InvalidArgument', 'usb.invalid_state'],
  ['The same native value cannot be borrowed mutably while another borrow is active', 'usb.invalid_state'],
  ['Failed to convert napi value Null into rust type `u32`', 'usb.invalid_state'],
  ['transferIn error: Fault', 'usb.protocol'],
  ['something nobody has seen yet', 'usb.io'],
])('the package’s "%s" means %s', (message, code) => {
  expect(codeOfMessage(message)).toBe(code);
});

test('a probe whose strings cannot be read hides neither itself nor the others', async () => {
  const usb = new PackageStandIn();
  const mute = {
    get serialNumber(): string {
      throw new Error('getString error: endpoint stalled');
    },
    get configurations(): never {
      throw new Error('The same native value cannot be borrowed mutably while another borrow is active');
    },
  };
  usb.present = [packageDevice(mute), packageDevice({ ports: [5] })];
  const [first, second] = await new UsbHost(usb).devices();
  expect([first!.serialNumber, first!.interfaces]).toEqual([undefined, []]);
  expect(second!.serialNumber).toBe('57FF72067265575742132067');
});

test('a probe with slow strings is asked once, and again after a replug', async () => {
  const usb = new PackageStandIn();
  let reads = 0;
  const slow = (address: number) =>
    packageDevice({
      address,
      get serialNumber(): string {
        reads += 1;
        return '';
      },
    });
  usb.present = [slow(5)];
  const host = new UsbHost(usb);
  await host.devices();
  await host.devices();
  expect(reads).toBe(1);
  usb.present = [slow(6)];
  await host.devices();
  expect(reads).toBe(2);
});

test('a machine without USB is an empty bus, and no listener is hung on the package there', async () => {
  const usb = new PackageStandIn();
  usb.present = new Error('getDevices error: /sys/bus/usb/devices/ not found (errno 2)');
  const host = new UsbHost(usb);
  host.onChange(() => undefined);
  expect(await host.devices()).toEqual([]);
  expect(usb.enumerations).toBe(2);
  await new Promise(setImmediate);
  expect(usb.listeners).toHaveLength(0);
  await host.close();
});

test('closing waits for a pending transfer, which the package would refuse to close under', async () => {
  const log: string[] = [];
  const usb = new PackageStandIn();
  let end: () => void = () => undefined;
  const pending = new Promise<never>((_, reject) => {
    end = () => reject(new Error('transferIn error: Cancelled'));
  });
  usb.present = [packageDevice({ transferIn: () => pending }, log)];
  const [device] = await new UsbHost(usb).devices();
  await device!.open();
  const read = expect(device!.transferIn(1, 64, 1000)).rejects.toMatchObject({ code: 'usb.timeout' });
  const closing = device!.close();
  await Promise.resolve();
  expect(log).not.toContain('close');
  end();
  await Promise.all([read, closing]);
  expect(log).toContain('close');
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
  'a timeout of %p is refused, since the package reads it as now or as never',
  async (timeoutMs) => {
    const log: string[] = [];
    const usb = new PackageStandIn();
    usb.present = [packageDevice({}, log)];
    const [device] = await new UsbHost(usb).devices();
    await expect(device!.transferIn(1, 64, timeoutMs)).rejects.toMatchObject({ code: 'usb.invalid_state' });
    expect(log).toEqual([]);
  },
);
