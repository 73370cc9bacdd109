import type { UsbBus } from '@boardwalk/probe';
import { join } from 'node:path';
import { parseBoardSpec, type BoardSpec } from '../profiles/board-spec.ts';
import type { Ledger } from '../time/ledger.ts';
import type { VirtualUsbDevice } from '../usb/urb.ts';
import type { DeviceDescription } from './bench-host.ts';
import type { FaultSpec } from './fault-spec.ts';
import { VirtualPort, VirtualUsbBus } from './port-adapter.ts';
import { inline, workers, type SlotCaller } from './threads.ts';

export interface VirtualBenchOptions {
  /** One slot each. */
  readonly boards: readonly (BoardSpec | string)[];
  /** Where the boards' flash and option bytes are kept between processes; none: in memory only. */
  readonly dataDirectory?: string;
  /** `fast` runs as fast as the host can; `real` sleeps so that a person sees it as on a bench. */
  readonly pace?: 'fast' | 'real';
  /** `workers` (default) never costs the caller's event loop; `inline` runs in the caller's thread. */
  readonly threads?: 'workers' | 'inline';
  /** Seed of unique ids, serials and line errors. */
  readonly seed?: number;
}

/** One slot as the hand at the bench reaches it. */
export interface VirtualSlot {
  readonly name: string;
  readonly portPath: string;
  readonly usb: VirtualUsbDevice;
  ledger(): Promise<Ledger>;
  /** The flash cells of the board in the socket, or null without one. */
  flash(): Promise<Uint8Array | null>;
  optionBytes(): Promise<Uint8Array | null>;
  insert(spec: BoardSpec | string): Promise<void>;
  remove(): Promise<void>;
  plugProbe(): Promise<void>;
  unplugProbe(): Promise<void>;
  /** The operator's finger on the board's reset button. */
  holdReset(down: boolean): Promise<void>;
  fault(spec: FaultSpec): Promise<void>;
  clearFaults(): Promise<void>;
  /** Lets modelled time pass with nobody on USB. */
  advance(ms: number): Promise<void>;
}

export interface VirtualBench {
  readonly bus: UsbBus;
  readonly slots: readonly VirtualSlot[];
  close(): Promise<void>;
}

/**
 * A bench of virtual ST-LINKs with virtual boards, on the wire's own bytes. Probes stand on ports 1-1, 1-2, … in
 * the order of the boards.
 * @throws VirtualBenchError for a spec that cannot be met
 */
export async function createVirtualBench(options: VirtualBenchOptions): Promise<VirtualBench> {
  const boards = options.boards.map((board, index) => ({
    index,
    portPath: `1-${index + 1}`,
    spec: typeof board === 'string' ? parseBoardSpec(board) : board,
  }));
  const hostOptions = {
    boards,
    dataDirectory: options.dataDirectory === undefined ? null : join(options.dataDirectory, 'virtual-bench'),
    pace: options.pace ?? 'fast',
    seed: options.seed ?? 1,
  };
  const caller = options.threads === 'inline' ? inline(hostOptions) : workers(hostOptions);
  const ports = await Promise.all(
    boards.map(async ({ index }) => {
      const { value } = await caller.call(index, 'describe', []);
      return new VirtualPort(value as DeviceDescription, (request, args) =>
        caller.call(index, request, args),
      );
    }),
  );
  return assemble(caller, ports);
}

function assemble(caller: SlotCaller, ports: readonly VirtualPort[]): VirtualBench {
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= caller.close());
  const bus = new VirtualUsbBus(ports, close);
  const slots = ports.map((port, index) => slotOf(port, index, () => bus.changed()));
  return { bus, slots, close };
}

function slotOf(port: VirtualPort, index: number, changed: () => void): VirtualSlot {
  return {
    name: String(index + 1),
    portPath: port.description.portPath,
    usb: {
      portPath: port.description.portPath,
      speed: port.description.speed,
      deviceDescriptor: port.description.device,
      configurationDescriptor: port.description.configuration,
      submit: (urb) => port.call('submit', urb),
      unlink: (id) => port.call('unlink', id),
      reset: () => port.call('reset'),
    },
    ledger: () => port.call('ledger'),
    flash: () => port.call('flash'),
    optionBytes: () => port.call('options'),
    insert: (spec) => port.call('insert', typeof spec === 'string' ? parseBoardSpec(spec) : spec),
    remove: () => port.call('remove'),
    plugProbe: async () => {
      port.description = await port.call('plugProbe');
      port.pluggings += 1;
      port.present = true;
      changed();
    },
    unplugProbe: async () => {
      port.present = false;
      port.claimedBy = null;
      await port.call('unplugProbe');
      changed();
    },
    holdReset: (down) => port.call('holdReset', down),
    fault: (spec) => port.call('fault', spec),
    clearFaults: () => port.call('clearFaults'),
    advance: (ms) => port.call('wait', ms),
  };
}
