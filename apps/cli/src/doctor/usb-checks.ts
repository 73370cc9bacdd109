import { ST_LINK_PRODUCTS, ST_VENDOR_ID } from '@boardwalk/probe';
import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, ok, warn, type Finding } from './finding.ts';
import { INSTALL_RULE } from './udev-rule.ts';

/** Where Linux shows USB devices (sysfs), and where their nodes are. */
export interface UsbFolders {
  readonly sys: string;
  readonly dev: string;
}

export const LINUX_USB: UsbFolders = { sys: '/sys/bus/usb/devices', dev: '/dev/bus/usb' };

interface PluggedProbe {
  readonly port: string;
  readonly model: string;
  readonly node: string;
}

/** Which ST-LINKs are plugged in, and whether this user may open them. */
export function checkUsb(folders: UsbFolders = LINUX_USB): Finding {
  if (!existsSync(folders.sys))
    return warn(
      'usb',
      'This machine shows no USB; the station opens on a virtual bench.',
      'npx boardwalk serve',
    );
  const probes = pluggedProbes(folders);
  if (probes.length === 0)
    return warn(
      'usb',
      'No ST-LINK is plugged in; the station opens on a virtual bench.',
      'npx boardwalk probes',
    );
  const closed = probes.filter(({ node }) => !mayOpen(node));
  const count = `${probes.length} ST-LINK${probes.length === 1 ? '' : 's'} plugged in`;
  if (closed.length === 0) return ok('usb', `${count}; this user may open all.`);
  const [first] = closed;
  const says = `${count}; this user may not open ${closed.length} (first: ${first!.model} at port ${first!.port}, ${first!.node}).`;
  return fail('usb', says, INSTALL_RULE);
}

function pluggedProbes({ sys, dev }: UsbFolders): PluggedProbe[] {
  return readdirSync(sys)
    .sort()
    .flatMap((port) => {
      const read = (name: string): string | null => {
        const file = join(sys, port, name);
        return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
      };
      const product = ST_LINK_PRODUCTS.get(parseInt(read('idProduct') ?? '', 16));
      if (parseInt(read('idVendor') ?? '', 16) !== ST_VENDOR_ID || !product) return [];
      const [bus, device] = [read('busnum'), read('devnum')].map((number) => (number ?? '').padStart(3, '0'));
      return [{ port, model: product.model, node: join(dev, bus!, device!) }];
    });
}

function mayOpen(node: string): boolean {
  try {
    accessSync(node, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
