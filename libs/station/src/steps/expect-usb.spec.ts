import { CreateRevision, RecipeStep, type StepRecord } from '@boardwalk/contracts';
import { readImage } from '@boardwalk/flash';
import type { UsbBus, UsbClock, UsbDevice } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { Bench } from '../bench/bench.ts';
import type { RunResult } from '../run/run-request.ts';

const OWN = { vendorId: 0x0483, productId: 0x5740 };

let virtual: VirtualBench;
let bench: Bench;
let bus: BesideVirtual;

/** The virtual bench's bus with one board's own USB beside it: plain descriptors, nobody opens it. */
class BesideVirtual implements UsbBus {
  /** In the time of the board's slot, ms. */
  appearsAt = Infinity;
  failing = false;

  constructor(private readonly inner: UsbBus) {}

  async devices(): Promise<UsbDevice[]> {
    const probes = await this.inner.devices();
    if (this.failing) throw new Error('no device list');
    const { clock } = probes[0]!;
    return clock.now() < this.appearsAt ? probes : [...probes, ownUsb(clock)];
  }

  async now(): Promise<number> {
    return (await this.inner.devices())[0]!.clock.now();
  }

  onChange(listener: () => void): () => void {
    return this.inner.onChange(listener);
  }

  close(): Promise<void> {
    return this.inner.close();
  }
}

function ownUsb(clock: UsbClock): UsbDevice {
  const never = () => Promise.reject(new Error('Nobody opens the board’s own USB.'));
  const calls = { open: never, close: never, selectConfiguration: never, claimInterface: never };
  const transfers = { transferIn: never, transferOut: never, controlTransferIn: never };
  const rest = { releaseInterface: never, clearHalt: never, reset: never };
  const words = { serialNumber: 'A1', manufacturerName: undefined, productName: 'Virtual COM Port' };
  return {
    ...OWN,
    ...words,
    ...calls,
    ...transfers,
    ...rest,
    deviceVersion: 0x0200,
    portPath: '3-1',
    speed: 'full',
    interfaces: [],
    clock,
  };
}

beforeEach(async () => {
  virtual = await createVirtualBench({ boards: ['f103cb'], threads: 'inline' });
  bus = new BesideVirtual(virtual.bus);
  bench = await Bench.open({ bus, pollMs: 0 });
});
afterEach(async () => {
  await bench.close();
  await virtual.close();
});

const expectUsb = (usbId = '0483:5740', withinSeconds = 2) => ({ step: 'expectUsb', usbId, withinSeconds });
const steps = (last: object) =>
  [...['connect', 'erase', 'program', 'reset', 'verify', 'reset'].map((step) => ({ step })), last].map(
    (step) => RecipeStep.parse(step),
  );

/** @param onBegin called with the slot's time in ms when the board is let run */
async function run(
  last: object,
  onBegin: (now: number) => void = () => undefined,
  { signal, timeoutSeconds = 60 }: { signal?: AbortSignal; timeoutSeconds?: number } = {},
): Promise<RunResult> {
  const recipe = { name: 'usb', revision: 1, steps: steps(last), timeoutSeconds };
  const request = { runId: 'run', jobId: 'job', recipe, imageSha256: '', serial: null };
  const sink = {
    step: async ({ step, state }: StepRecord) => {
      if (step === 'expectUsb' && state === 'running') onBegin(await bus.now());
    },
    progress: () => undefined,
    identified: async () => undefined,
    dumped: async () => undefined,
    ended: async () => undefined,
  };
  const image = readImage(new Uint8Array(600).fill(7));
  return bench.slot('1')!.run({ ...request, image }, sink, signal);
}

test('a board whose own USB appears within its time passes, and the time it took is measured', async () => {
  const result = await run(expectUsb(), (now) => (bus.appearsAt = now + 1500));
  expect(result).toMatchObject({ outcome: 'PASS', reason: null });
  const { detail, measurements } = result.steps.at(-1)!;
  expect(detail).toBe('The board shows up on USB as 0483:5740.');
  expect(measurements).toMatchObject([{ unit: 'ms', max: 2000, inLimits: true }]);
  expect(measurements[0]!.value).toBeGreaterThanOrEqual(1400);
  expect(measurements[0]!.value).toBeLessThan(1700);
});

test.each([
  ['never appears', expectUsb(), Infinity],
  ['appears too late', expectUsb(), 5000],
  ['appears with another product id', expectUsb('0483:5741'), 0],
  ['appears with another vendor id', expectUsb('0484:5740'), 0],
])('a board whose own USB %s is FAIL usb-not-seen after its time', async (_name, step, after) => {
  const result = await run(step, (now) => (bus.appearsAt = now + after));
  expect(result).toMatchObject({ outcome: 'FAIL', reason: 'usb-not-seen', verify: null });
  expect(result.detail).toMatch(/^No 048\d:574\d showed up on USB within 2 s\.$/);
  expect(result.steps.at(-1)!.durationMs).toBeGreaterThanOrEqual(2000);
  expect(result.steps.at(-1)!.durationMs).toBeLessThan(2300);
});

test('a host whose USB cannot be looked at is ERROR, never the board’s FAIL', async () => {
  const result = await run(expectUsb(), () => (bus.failing = true));
  expect(result).toMatchObject({ outcome: 'ERROR', reason: 'station-failed' });
  expect(result.detail).toBe('The host’s USB could not be looked at: no device list');
});

test('a run that is cancelled while it waits for USB ends ABORTED, one that takes too long TIMEOUT', async () => {
  const stop = new AbortController();
  const cancelled = await run(expectUsb('0483:5740', 60), () => stop.abort(), { signal: stop.signal });
  expect(cancelled).toMatchObject({ outcome: 'ABORTED', reason: 'cancelled' });
  const late = await run(expectUsb('0483:5740', 60), undefined, { timeoutSeconds: 10 });
  expect(late).toMatchObject({ outcome: 'TIMEOUT', reason: 'timed-out' });
  expect(late.steps.at(-1)!.durationMs).toBeLessThan(11_000);
});

test.each([
  [['connect', 'reset', expectUsb()], null],
  [['connect', 'reset', expectUsb(), expectUsb('0483:5741')], null],
  [['connect', expectUsb()], 'needs a reset before it'],
  [['connect', 'reset', expectUsb(), 'reset'], 'comes last'],
  [['connect', 'reset', expectUsb(), 'verify'], 'comes last'],
  [['connect', { step: 'reset', finalState: 'halt' }, expectUsb()], 'finalState'],
])('a recipe of %j is taken only where the board can run: %s', (given, says) => {
  const recipe = { image: 'a'.repeat(64), steps: given };
  const issues = CreateRevision.safeParse(recipe).error?.issues.map(({ message }) => message) ?? [];
  expect(issues).toEqual(says === null ? [] : [expect.stringContaining(says)]);
});
