import { packageDevice, PackageStandIn } from '../testing/package-stand-in.ts';
import { linuxPortPath } from './host-facts.ts';
import { openUsbHost, UsbHost } from './usb-host.ts';

test.each([
  ['001', [7], '1-7'],
  ['001', [4, 2], '1-4.2'],
  ['012', [1, 3, 4], '12-1.3.4'],
  ['003', [], 'usb3'],
])('bus %s with the chain %j is %s, as Linux names it', (bus, ports, path) => {
  expect(linuxPortPath(bus, ports)).toBe(path);
});

test('this machine’s USB can be asked and watched, whether it has any or not', async () => {
  const bus = await openUsbHost();
  const stop = bus.onChange(() => undefined);
  expect(Array.isArray(await bus.devices())).toBe(true);
  stop();
  await bus.close();
});

test('devices come in port order, 1-2 before 1-10', async () => {
  const usb = new PackageStandIn();
  usb.present = [[10], [2, 1], [2]].map((ports) => packageDevice({ ports }));
  const devices = await new UsbHost(usb).devices();
  expect(devices.map(({ portPath }) => portPath)).toEqual(['1-2', '1-2.1', '1-10']);
});

test('a serial arrives as the device sent it, raw bytes and all', async () => {
  const usb = new PackageStandIn();
  const raw = String.fromCharCode(0x51, 0xff, 0x6d, 6, 0x49, 0x84, 0x53, 0x54, 0x17, 0x38, 0x20, 0x87);
  usb.present = [packageDevice({ serialNumber: raw })];
  expect((await new UsbHost(usb).devices())[0]!.serialNumber).toBe(raw);
});

test('closing releases what is claimed first, since the package keeps a claim over close', async () => {
  const log: string[] = [];
  const usb = new PackageStandIn();
  usb.present = [packageDevice({}, log)];
  const [device] = await new UsbHost(usb).devices();
  await device!.open();
  await device!.claimInterface(0);
  await device!.close();
  expect(log).toEqual(['open', 'claim 0', 'release 0', 'close']);
});

test('a fraction of a millisecond is a whole one to the package', async () => {
  const log: string[] = [];
  const usb = new PackageStandIn();
  usb.present = [packageDevice({}, log)];
  const [device] = await new UsbHost(usb).devices();
  await device!.transferIn(1, 64, 0.4);
  expect(log).toEqual(['in 1 64 1']);
});
