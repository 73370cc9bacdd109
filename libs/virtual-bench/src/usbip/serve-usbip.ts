import type { VirtualBench } from '../bench/virtual-bench.ts';
import { listen, type BenchService } from './listen.ts';
import { UsbipSession, type Exports } from './session.ts';
import type { ExportedDevice } from './wire.ts';

export interface ServeOptions {
  readonly bench: VirtualBench;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
}

export interface ServeUsbipOptions extends ServeOptions {
  /**
   * What a board does while a client sleeps between two transfers. `passes` (default): the same time passes on the
   * bench, so that programs which wait for a loader by sleeping find it finished. `stands`: only transfers take time,
   * so that the ledger is the same on every host.
   */
  readonly hostTime?: 'passes' | 'stands';
}

/** URB ids of this server start here, so that they meet none of the in-process USB port's. */
const FIRST_URB_ID = 0x40000000;

/**
 * Exports the probes of a virtual bench over USB/IP 1.1.1, as bus ids 1-1, 1-2, … . A probe has one importer at a
 * time; one that is unplugged leaves the list, and its importer is disconnected.
 * @throws VirtualBenchError where the address cannot be listened on
 */
export async function serveUsbip(options: ServeUsbipOptions): Promise<BenchService> {
  const { bench, host, port, hostTime = 'passes' } = options;
  const owners = new Map<string, UsbipSession>();
  let urbId = FIRST_URB_ID;
  const list = async (): Promise<readonly ExportedDevice[]> => exportedDevices(bench, hostTime === 'passes');
  const exports: Exports = {
    list,
    claim: async (busId, session) => {
      const device = (await list()).find((each) => each.busId === busId);
      if (!device || owners.has(busId)) return null;
      owners.set(busId, session);
      return device;
    },
    release: (session) => {
      for (const [busId, owner] of owners) if (owner === session) owners.delete(busId);
    },
    nextUrbId: () => urbId++,
  };
  const service = await listen(host, port, (socket) => new UsbipSession(socket, exports));
  const forget = bench.bus.onChange(() => void endOrphans(bench, owners).catch(() => undefined));
  return {
    ...service,
    close: async () => {
      forget();
      await service.close();
    },
  };
}

async function exportedDevices(bench: VirtualBench, timePasses: boolean): Promise<ExportedDevice[]> {
  const present = new Set((await bench.bus.devices()).map(({ portPath }) => portPath));
  return bench.slots.flatMap((slot, index) => {
    const { usb, portPath } = slot;
    if (!present.has(portPath)) return [];
    const idle = timePasses ? (ms: number) => slot.advance(ms) : async () => undefined;
    return [{ busId: portPath, busNumber: 1, deviceNumber: index + 2, usb, idle }];
  });
}

async function endOrphans(bench: VirtualBench, owners: ReadonlyMap<string, UsbipSession>): Promise<void> {
  const present = new Set((await bench.bus.devices()).map(({ portPath }) => portPath));
  for (const [busId, session] of owners) if (!present.has(busId)) session.close();
}
