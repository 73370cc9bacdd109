import type { UsbBus } from '@boardwalk/probe';
import { join } from 'node:path';
import { parseBoardSpec, type BoardSpec } from '../boards/board-spec.ts';
import type { Ledger } from '../time/ledger.ts';
import type { VirtualUsbDevice } from '../usb/urb.ts';
import { firstNumberOf, numbersFrom, PROCESS_NUMBERS, type BoardNumbers } from './board-numbers.ts';
import type { DeviceDescription } from './bench-host.ts';
import type { FaultSpec } from './fault-spec.ts';
import { KeptNumbers } from './kept-numbers.ts';
import { VirtualPort, VirtualUsbBus } from './port-adapter.ts';
import { RemovedBoards } from './removed-boards.ts';
import type { BoardInSocket } from './slot-model.ts';
import { inline, workers, type SlotCaller } from './threads.ts';

export interface VirtualBenchOptions {
  /** One slot each. */
  readonly boards: readonly (BoardSpec | string)[];
  /** Where the boards and the numbers of new ones are kept between processes; none: in memory only. */
  readonly dataDirectory?: string;
  /** `fast` runs as fast as the host can; `real` sleeps so that a person sees it as on a bench. */
  readonly pace?: 'fast' | 'real';
  /** `workers` (default) never costs the caller's event loop; `inline` runs in the caller's thread. */
  readonly threads?: 'workers' | 'inline';
  /** Seed of serials and line errors, and of the first unique id where no data folder has one. */
  readonly seed?: number;
  /**
   * The numbers that unique ids follow from. By default those kept in the data folder; without a folder those of the
   * seed; without a seed numbers that all benches of this process share.
   */
  readonly numbers?: BoardNumbers;
}

/** One slot as the hand at the bench reaches it. */
export interface VirtualSlot {
  readonly name: string;
  readonly portPath: string;
  readonly usb: VirtualUsbDevice;
  /** The board in the socket, or null without one. */
  board(): Promise<BoardInSocket | null>;
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
  const specs = options.boards.map((board) => (typeof board === 'string' ? parseBoardSpec(board) : board));
  const numbers = numbersOf(options);
  const boards = specs.map((spec, index) => ({
    ...{ index, spec },
    portPath: `1-${index + 1}`,
    number: numbers.next(),
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
  return assemble(caller, ports, new Chips(numbers));
}

function numbersOf({ numbers, dataDirectory, seed }: VirtualBenchOptions): BoardNumbers {
  if (numbers) return numbers;
  const first = seed === undefined ? undefined : firstNumberOf(seed);
  if (dataDirectory !== undefined) return new KeptNumbers(dataDirectory, first);
  return first === undefined ? PROCESS_NUMBERS : numbersFrom(first);
}

/** The chips that go into the sockets of one bench and come out of them. */
class Chips {
  readonly #removed = new RemovedBoards();

  constructor(private readonly numbers: BoardNumbers) {}

  async insert(port: VirtualPort, spec: BoardSpec): Promise<void> {
    const remembered = this.#removed.find(spec);
    const number = remembered ? undefined : this.numbers.next();
    this.#removed.add(await port.call('insert', spec, { remembered, number }));
  }

  async remove(port: VirtualPort): Promise<void> {
    this.#removed.add(await port.call('remove'));
  }
}

function assemble(caller: SlotCaller, ports: readonly VirtualPort[], chips: Chips): VirtualBench {
  let closing: Promise<void> | null = null;
  const close = (): Promise<void> => (closing ??= caller.close());
  const bus = new VirtualUsbBus(ports, close);
  const slots = ports.map((port, index) => slotOf(port, index, chips, () => bus.changed()));
  return { bus, slots, close };
}

function slotOf(port: VirtualPort, index: number, chips: Chips, changed: () => void): VirtualSlot {
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
    board: () => port.call('board'),
    insert: (spec) => chips.insert(port, typeof spec === 'string' ? parseBoardSpec(spec) : spec),
    remove: () => chips.remove(port),
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
