import { CreateRevision, RecipeStep, type RunProgress, type StepRecord } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import type { UsbBus, UsbClock, UsbDevice } from '@boardwalk/probe';
import { createVirtualBench, type VirtualBench } from '@boardwalk/virtual-bench';
import { Bench } from '../bench/bench.ts';
import type { RunResult } from '../request/run-request.ts';
import { BoardUsb } from './board-usb.ts';

const OWN = { vendorId: 0x0483, productId: 0x5740 };

let virtual: VirtualBench;
let bench: Bench;
let bus: BesideVirtual;

/** A board's own USB: since when it is there, in the time of slot 1, ms, and what the host addresses it by. */
interface OwnUsb {
  readonly portPath: string;
  readonly appearsAt: number;
  readonly address: number;
}

/** The virtual bench's bus with the boards' own USB beside it: plain descriptors, nobody opens them. */
class BesideVirtual implements UsbBus {
  readonly boards = new Map<string, OwnUsb>();
  failing = false;

  constructor(private readonly inner: UsbBus) {}

  async devices(): Promise<UsbDevice[]> {
    const probes = await this.inner.devices();
    if (this.failing) throw new Error('no device list');
    const { clock } = probes[0]!;
    const there = [...this.boards.values()].filter(({ appearsAt }) => clock.now() >= appearsAt);
    return [...probes, ...there.map((board) => ownUsb(clock, board))];
  }

  /** The board on this port enumerates at a time; one that is there already does so anew, then. */
  enumerates(appearsAt: number, portPath = '3-1'): void {
    const address = (this.boards.get(portPath)?.address ?? 4) + 1;
    this.boards.set(portPath, { portPath, appearsAt, address });
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

function ownUsb(clock: UsbClock, { portPath, address }: OwnUsb): UsbDevice {
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
    portPath,
    address,
    speed: 'full',
    interfaces: [],
    clock,
  };
}

beforeEach(async () => {
  virtual = await createVirtualBench({ boards: ['f103cb', 'f103cb'], threads: 'inline' });
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

interface Wish {
  readonly slot?: string;
  readonly signal?: AbortSignal;
  readonly timeoutSeconds?: number;
  /** Waited for before the step begins, and after its end. */
  readonly begins?: () => Promise<void>;
}

/** @param onBegin called with the time of slot 1 in ms once the board runs */
async function run(
  last: object,
  onBegin: (now: number) => void = () => undefined,
  { slot = '1', signal, timeoutSeconds = 60, begins = async () => undefined }: Wish = {},
): Promise<RunResult> {
  let runs = false;
  const { clock } = (await virtual.bus.devices())[0]!;
  const recipe = { name: 'usb', revision: 1, steps: steps(last), timeoutSeconds };
  const request = { runId: 'run', jobId: 'job', recipe, imageSha256: '', serial: null };
  const sink = {
    step: async ({ step }: StepRecord) => (step === 'expectUsb' ? begins() : undefined),
    progress: ({ step }: RunProgress) => {
      if (step !== 'expectUsb' || runs) return;
      runs = true;
      onBegin(clock.now());
    },
    identified: async () => undefined,
    dumped: async () => undefined,
    ended: async () => undefined,
  };
  const image = rawImage(new Uint8Array(600).fill(7));
  return bench.slot(slot)!.run({ ...request, image }, sink, signal);
}

/** Lets those who come wait for each other once. */
function meetingOf(count: number): () => Promise<void> {
  let open!: () => void;
  const met = new Promise<void>((resolve) => (open = resolve));
  let here = 0;
  return () => {
    here += 1;
    if (here === count) open();
    return met;
  };
}

test('a board whose own USB appears within its time passes, and the time it took is measured', async () => {
  const result = await run(expectUsb(), (now) => bus.enumerates(now + 1500));
  expect(result).toMatchObject({ outcome: 'PASS', reason: null });
  const { detail, measurements } = result.steps.at(-1)!;
  expect(detail).toBe('The board enumerated on USB as 0483:5740.');
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
  const result = await run(step, (now) => bus.enumerates(now + after));
  expect(result).toMatchObject({ outcome: 'FAIL', reason: 'usb-not-seen', verify: null });
  expect(result.detail).toMatch(/^No 048\d:574\d enumerated on USB within 2 s of the reset\.$/);
  expect(result.steps.at(-1)!.durationMs).toBeGreaterThanOrEqual(2000);
  expect(result.steps.at(-1)!.durationMs).toBeLessThan(2300);
});

test('a neighbour that stood on USB before is not this board; the same place enumerated anew is', async () => {
  bus.enumerates(0);
  expect(await run(expectUsb())).toMatchObject({ outcome: 'FAIL', reason: 'usb-not-seen' });
  expect(await run(expectUsb(), (now) => bus.enumerates(now + 300))).toMatchObject({ outcome: 'PASS' });
});

test('of two boards at once each is judged by its own USB alone, whichever comes first', async () => {
  const both = async (first?: (now: number) => void, second?: (now: number) => void) => {
    const begins = meetingOf(2);
    const results = await Promise.all([
      run(expectUsb(), first, { slot: '1', begins }),
      run(expectUsb(), second, { slot: '2', begins }),
    ]);
    return results.map(({ outcome }) => outcome);
  };
  // A little later, so that the neighbour would be looking meanwhile if it had not to wait.
  const one = (now: number): void => bus.enumerates(now + 1000, '3-1');
  const two = (now: number): void => bus.enumerates(now, '3-2');
  expect(await both(one, undefined)).toEqual(['PASS', 'FAIL']);
  expect(await both(undefined, two)).toEqual(['FAIL', 'PASS']);
  expect(await both(one, two)).toEqual(['PASS', 'PASS']);
});

test('a board whose run is cancelled while it waits for its turn gives it up, and the next one has its turn', async () => {
  const usb = new BoardUsb(bus);
  const never = new AbortController().signal;
  const stop = new AbortController();
  const endFirst = await usb.turn(never);
  const second = usb.turn(stop.signal);
  const third = usb.turn(never);
  stop.abort();
  expect(await second).toBeNull();
  endFirst!();
  (await third)!();
  expect(await usb.turn(stop.signal)).toBeNull();
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
