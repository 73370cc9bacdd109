import { setTimeout as sleep } from 'node:timers/promises';
import { openUsbHost, type UsbBus } from '@boardwalk/probe';
import { describePortContract, type PortHardware } from '../../../libs/probe/src/testing/port-contract.ts';
import { attach, control } from './hand.ts';

const ST = 0x0483;

const MOST_MS = 120_000;

async function present(bus: UsbBus, expected: boolean): Promise<string> {
  const end = performance.now() + MOST_MS;
  for (;;) {
    const devices = await bus.devices();
    const probe = devices.find(({ vendorId }) => vendorId === ST);
    if ((probe !== undefined) === expected) return probe?.portPath ?? '';
    if (performance.now() > end)
      throw new Error(
        `after ${MOST_MS} ms the bus has ${JSON.stringify(devices.map(({ portPath }) => portPath))}`,
      );
    await sleep(100);
  }
}

async function host(): Promise<PortHardware> {
  const bus = await openUsbHost();
  if (!(await bus.devices()).some(({ vendorId }) => vendorId === ST)) {
    await control('plug 1');
    await attach(1);
  }
  const portPath = await present(bus, true);
  return {
    bus,
    portPath,
    unplug: async () => {
      await control('unplug 1');
      await present(bus, false);
    },
    plug: async () => {
      await control('plug 1');
      await attach(1);
      await present(bus, true);
    },
    stall: async () => void (await control('fault 1 stall')),
    close: async () => {
      await control('fault 1 clear');
      await bus.close();
    },
  };
}

describePortContract('npm usb', host, { plugs: true, stalls: true });
