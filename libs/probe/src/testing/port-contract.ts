import type { UsbBus, UsbDevice, UsbErrorCode } from '../usb/port.ts';

/** One ST-LINK on a bus, and what a hand can do to it. A hand that is missing names its tests as skipped. */
export interface PortHardware {
  readonly bus: UsbBus;
  /** Where the ST-LINK under test stands. */
  readonly portPath: string;
  readonly unplug?: () => Promise<void>;
  readonly plug?: () => Promise<void>;
  /** Halts the IN endpoint until it is cleared. */
  readonly stall?: () => Promise<void>;
  close(): Promise<void>;
}

export interface PortHands {
  readonly plugs?: boolean;
  readonly stalls?: boolean;
}

const GET_VERSION = Uint8Array.from([0xf1, ...new Array<number>(15).fill(0)]);
const GET_MODE = Uint8Array.from([0xf5, ...new Array<number>(15).fill(0)]);
const TIMEOUT_MS = 1000;
const SHORT_MS = 30;

/**
 * What every implementation of the USB port promises, on any machine with one ST-LINK that nobody else uses. The
 * same suite judges the virtual bench and npm `usb`; `hands` says what `prepare`'s hardware can do.
 */
export function describePortContract(
  name: string,
  prepare: () => Promise<PortHardware>,
  hands: PortHands = {},
): void {
  describe(`the USB port contract, kept by ${name}`, () => {
    const bench = new Workplace(prepare);
    beforeEach(() => bench.set());
    afterEach(() => bench.clear());
    enumeration(bench);
    claims(bench);
    transfers(bench);
    failures(bench, hands.stalls ? test : test.skip);
    plugging(bench, hands.plugs ? test : test.skip);
  });
}

/** The hardware of one test and the devices it opened. */
class Workplace {
  readonly #prepare: () => Promise<PortHardware>;
  readonly #opened: UsbDevice[] = [];
  hardware!: PortHardware;

  constructor(prepare: () => Promise<PortHardware>) {
    this.#prepare = prepare;
  }

  async set(): Promise<void> {
    this.hardware = await this.#prepare();
  }

  async clear(): Promise<void> {
    for (const device of this.#opened.splice(0)) await device.close();
    await this.hardware.close();
  }

  async device(): Promise<UsbDevice> {
    const devices = await this.hardware.bus.devices();
    const device = devices.find(({ portPath }) => portPath === this.hardware.portPath);
    if (!device) throw new Error(`no device at ${this.hardware.portPath}`);
    this.#opened.push(device);
    return device;
  }

  /** Opened, the debug interface claimed. */
  async claimed(): Promise<UsbDevice> {
    const device = await this.device();
    await device.open();
    await device.claimInterface(debugInterface(device).interfaceNumber);
    return device;
  }
}

function debugInterface(device: UsbDevice) {
  const found = device.interfaces.find(({ interfaceClass }) => interfaceClass === 0xff);
  if (!found) throw new Error('no debug interface');
  return found;
}

/** The first bulk OUT endpoint is the command pipe on every ST-LINK. */
function outOf(device: UsbDevice): number {
  return debugInterface(device).endpoints.find(({ direction }) => direction === 'out')!.endpointNumber;
}

async function ask(device: UsbDevice, command: Uint8Array, length: number): Promise<Uint8Array> {
  await device.transferOut(outOf(device), command, TIMEOUT_MS);
  return device.transferIn(1, length, TIMEOUT_MS);
}

const rejects = async (act: Promise<unknown>, code: UsbErrorCode): Promise<void> =>
  expect(act).rejects.toMatchObject({ code });

function enumeration(bench: Workplace): void {
  test('each enumeration gives new objects, which agree on the port path', async () => {
    const [first, second] = [await bench.device(), await bench.device()];
    expect(first).not.toBe(second);
    expect(first.portPath).toBe(second.portPath);
    expect(first.portPath).toMatch(/^\d+-\d+(\.\d+)*$/);
    expect(first.vendorId).toBe(0x0483);
  });

  test('the descriptors name one bulk pipe each way on the debug interface', async () => {
    const { endpoints } = debugInterface(await bench.device());
    expect(endpoints).toContainEqual(
      expect.objectContaining({ endpointNumber: 1, direction: 'in', type: 'bulk' }),
    );
    expect(endpoints.filter(({ direction }) => direction === 'out')).toHaveLength(1);
  });

  test('control transfers read the device descriptor', async () => {
    const device = await bench.claimed();
    const setup = {
      requestType: 'standard',
      recipient: 'device',
      request: 6,
      value: 0x0100,
      index: 0,
    } as const;
    const descriptor = await device.controlTransferIn(setup, 18, TIMEOUT_MS);
    expect(descriptor).toHaveLength(18);
    expect([descriptor[8], descriptor[9]]).toEqual([0x83, 0x04]);
  });

  test('the clock moves by at least what was waited for', async () => {
    const { clock } = await bench.device();
    const before = clock.now();
    await clock.wait(5);
    expect(clock.now() - before).toBeGreaterThanOrEqual(4.9);
  });
}

function claims(bench: Workplace): void {
  test('before open and before claim nothing is transferred', async () => {
    const device = await bench.device();
    await rejects(device.transferIn(1, 64, SHORT_MS), 'usb.invalid_state');
    await device.open();
    await rejects(device.transferOut(outOf(device), GET_VERSION, SHORT_MS), 'usb.invalid_state');
  });

  test('opening, claiming and closing twice is no error', async () => {
    const device = await bench.claimed();
    await device.open();
    await device.claimInterface(debugInterface(device).interfaceNumber);
    await device.close();
    await device.close();
  });

  test('an interface belongs to one object until that one closes', async () => {
    const holder = await bench.claimed();
    const other = await bench.device();
    await other.open();
    const { interfaceNumber } = debugInterface(other);
    await rejects(other.claimInterface(interfaceNumber), 'usb.busy');
    await holder.close();
    await other.claimInterface(interfaceNumber);
    expect(await ask(other, GET_VERSION, 64)).toHaveLength(6);
  });

  test('a reset loses the claim, and a new claim works', async () => {
    const device = await bench.claimed();
    await device.reset();
    await device.claimInterface(debugInterface(device).interfaceNumber);
    expect(await ask(device, GET_VERSION, 64)).toHaveLength(6);
  });
}

function transfers(bench: Workplace): void {
  test('a command is taken whole and its reply comes with fewer bytes than were asked for', async () => {
    const device = await bench.claimed();
    expect(await device.transferOut(outOf(device), GET_VERSION, TIMEOUT_MS)).toBe(16);
    const reply = await device.transferIn(1, 64, TIMEOUT_MS);
    expect(reply).toHaveLength(6);
    expect([reply[2], reply[3]]).toEqual([0x83, 0x04]);
  });

  test('a part of a larger buffer is sent as that part', async () => {
    const device = await bench.claimed();
    const buffer = new Uint8Array(64).fill(0xee);
    buffer.set(GET_MODE, 24);
    expect(await ask(device, buffer.subarray(24, 40), 64)).toHaveLength(2);
  });

  test('a read may be waiting before its command is sent', async () => {
    const device = await bench.claimed();
    const reply = device.transferIn(1, 64, TIMEOUT_MS);
    await device.transferOut(outOf(device), GET_VERSION, TIMEOUT_MS);
    expect(await reply).toHaveLength(6);
  });
}

function failures(bench: Workplace, whereStalls: typeof test): void {
  test('a read that nobody answers times out, and the next command works', async () => {
    const device = await bench.claimed();
    await rejects(device.transferIn(1, 64, SHORT_MS), 'usb.timeout');
    expect(await ask(device, GET_VERSION, 64)).toHaveLength(6);
  });

  test('a control request that the device refuses is a stall', async () => {
    const device = await bench.claimed();
    const setup = {
      requestType: 'vendor',
      recipient: 'device',
      request: 0x55,
      value: 0,
      index: 0,
    } as const;
    await rejects(device.controlTransferIn(setup, 8, TIMEOUT_MS), 'usb.stall');
  });

  whereStalls('a stalled pipe rejects until it is cleared', async () => {
    const device = await bench.claimed();
    await bench.hardware.stall!();
    await rejects(device.transferIn(1, 64, TIMEOUT_MS), 'usb.stall');
    await rejects(device.transferIn(1, 64, TIMEOUT_MS), 'usb.stall');
    await device.clearHalt('in', 1);
    expect(await ask(device, GET_VERSION, 64)).toHaveLength(6);
  });
}

function plugging(bench: Workplace, wherePlugs: typeof test): void {
  wherePlugs('an unplug is told, empties the port and ends every transfer', async () => {
    const device = await bench.claimed();
    const { bus, portPath } = bench.hardware;
    const told = new Promise<void>((resolve) => bus.onChange(resolve));
    await bench.hardware.unplug!();
    await told;
    await rejects(ask(device, GET_VERSION, 64), 'usb.disconnected');
    expect((await bus.devices()).map((each) => each.portPath)).not.toContain(portPath);
    await device.close();
  });

  wherePlugs('a probe plugged in again is found at the same port, by another address', async () => {
    const { address } = await bench.device();
    expect((await bench.device()).address).toBe(address);
    await bench.hardware.unplug!();
    await bench.hardware.plug!();
    const again = await bench.claimed();
    expect(again.address).not.toBe(address);
    expect(await ask(again, GET_VERSION, 64)).toHaveLength(6);
  });

  wherePlugs('an object from before a replug stays disconnected', async () => {
    const device = await bench.claimed();
    await bench.hardware.unplug!();
    await bench.hardware.plug!();
    await rejects(device.transferIn(1, 64, SHORT_MS), 'usb.disconnected');
  });
}
