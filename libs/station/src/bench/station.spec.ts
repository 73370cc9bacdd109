import { DEFAULT_STEPS, RecipeStep, type StepRecord } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import type { UsbBus, UsbDevice } from '@boardwalk/probe';
import { createVirtualBench, type FaultSpec, type VirtualBench } from '@boardwalk/virtual-bench';
import { createHash } from 'node:crypto';
import type { RunRequest, RunResult, RunSink } from '../request/run-request.ts';
import { Bench } from './bench.ts';

const FIRMWARE = Uint8Array.from({ length: 5000 }, (_, i) => (i * 37 + (i >> 6)) & 0xff);
const sha256 = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex');

let virtual: VirtualBench;
let bench: Bench;
let dumps: Uint8Array[];

beforeEach(() => (dumps = []));

async function open(...boards: string[]): Promise<void> {
  virtual = await createVirtualBench({ boards, threads: 'inline' });
  bench = await Bench.open({ bus: virtual.bus, pollMs: 0 });
}
afterEach(async () => {
  await bench.close();
  await virtual.close();
});

function recipe(steps: (string | RecipeStep)[] = [...DEFAULT_STEPS]): RunRequest['recipe'] {
  return {
    name: 'test',
    revision: 1,
    steps: steps.map((step) => RecipeStep.parse(typeof step === 'string' ? { step } : step)),
    timeoutSeconds: 60,
  };
}

function request(of = recipe()): RunRequest {
  return {
    runId: 'run',
    jobId: 'job',
    recipe: of,
    image: rawImage(FIRMWARE),
    imageSha256: sha256(FIRMWARE),
    serial: null,
  };
}

function sink(onStep: (record: StepRecord) => void | Promise<void> = () => undefined): RunSink {
  return {
    step: async (record) => onStep(record),
    progress: () => undefined,
    identified: async () => undefined,
    dumped: async (bytes) => void dumps.push(bytes),
    ended: async () => undefined,
  };
}

function run(name = '1', of?: RunRequest['recipe'], on?: RunSink): Promise<RunResult> {
  return bench.slot(name)!.run(request(of), on ?? sink());
}

const withDiffers = (onDiffers: 'accept' | 'hold' | 'reject') =>
  recipe(
    DEFAULT_STEPS.map((step) =>
      step === 'identify' ? ({ ...RecipeStep.parse({ step }), onDiffers } as RecipeStep) : step,
    ),
  );

test('a board is flashed, verified and recorded, and PASS rests on what was read', async () => {
  await open('f103cb');
  const result = await run();
  expect(result).toMatchObject({ outcome: 'PASS', reason: null, probeFirmware: 'V2J37S7' });
  expect(result.verify).toMatchObject({ method: 'digest', sampledPages: 2 });
  const cells = (await virtual.slots[0]!.flash())!;
  expect(cells.slice(0, 5000)).toEqual(FIRMWARE);
  expect(result.dumpAfterSha256).toBe(sha256(cells.slice(0, 131072)));
  expect(result.dumpBeforeSha256).toBe(sha256(new Uint8Array(131072).fill(0xff)));
  expect(result.steps.map(({ state }) => state)).toEqual(DEFAULT_STEPS.map(() => 'passed'));
});

const LIES: [string, FaultSpec][] = [
  ['accepts commands and stores nothing', { kind: 'flash-ignores-writes' }],
  ['stores a wrong bit', { kind: 'flash-wrong-bit', address: 0x08000800, bit: 5 }],
  ['drops one half-word', { kind: 'flash-drops-half-word', address: 0x08001000 }],
];

test.each(LIES)('a flash that %s gives FAIL, never PASS', async (_name, fault) => {
  await open('f103cb');
  await virtual.slots[0]!.fault(fault);
  expect(await run()).toMatchObject({ outcome: 'FAIL', reason: 'verify-mismatch', verify: null });
});

test('a CKS32 is named as differing, and flashed all the same unless the recipe says otherwise', async () => {
  await open('cks32');
  const result = await run();
  expect(result).toMatchObject({ outcome: 'PASS', identity: { dpidr: '0x2ba01477' } });
  expect(result.assessment).toMatchObject({ verdict: 'differs', resembles: null, difference: 'maker' });
});

test.each([
  ['reject', 'FAIL', 'identity-differs'],
  ['hold', 'ABORTED', 'identity-held'],
] as const)(
  'onDiffers "%s" ends a differing board as %s %s with its flash untouched',
  async (onDiffers, outcome, reason) => {
    await open('cks32', 'f103cb');
    const before = await virtual.slots[0]!.flash();
    expect(await run('1', withDiffers(onDiffers))).toMatchObject({ outcome, reason });
    expect(await virtual.slots[0]!.flash()).toEqual(before);
    expect(await run('2', withDiffers(onDiffers))).toMatchObject({ outcome: 'PASS' });
  },
);

test.each(DEFAULT_STEPS.map((step, index) => [index, step] as const))(
  'a probe unplugged at step %i (%s) is ERROR probe-lost on its slot, and the others end PASS',
  async (index) => {
    await open('f103cb', 'f103c8', 'cks32', 'f103cb');
    const unplug = sink(async ({ state, index: at }) => {
      if (state === 'running' && at === index)
        await virtual.slots[1]!.fault({ kind: 'unplug-after', transfers: 3 });
    });
    const results = await Promise.all([run('1'), run('2', undefined, unplug), run('3'), run('4')]);
    // The plug is pulled as the step begins: so long it took to say so.
    expect(results[1].steps.at(-1)!.durationMs).toBeLessThan(3000);
    expect(results.map(({ outcome }) => outcome)).toEqual(['PASS', 'ERROR', 'PASS', 'PASS']);
    expect(results[1].reason).toBe('probe-lost');
  },
);

test('a read-protected board is FAIL with the reason, its identity read all the same', async () => {
  await open('f103cb+rdp1');
  const result = await run();
  expect(result).toMatchObject({
    outcome: 'FAIL',
    reason: 'read-protected',
    dumpBeforeSha256: null,
    dumpNote: 'read-protected',
  });
  expect(result.identity?.deviceId).toBe('0x20036410');
});

test('a recipe sets option bytes and protection, each with its proof, and the run passes', async () => {
  await open('f103cb');
  const set = { step: 'options', set: { DATA0: 0x42, WRP: '0xfffffffe' } } as RecipeStep;
  const result = await run('1', recipe([...DEFAULT_STEPS.slice(0, -1), set, 'protect', 'dump', 'reset']));
  expect(result).toMatchObject({ outcome: 'PASS', reason: 'read-protected' });
  const details = result.steps.map(({ detail }) => detail).join('\n');
  expect(details).toMatch(/DATA0 0xff → 0x42, WRP 0xffffffff → 0xfffffffe/);
  expect(details).toMatch(/Read-protected: the chip says so, and a read of flash fails/);
  expect(
    Buffer.from((await virtual.slots[0]!.optionBytes())!)
      .subarray(0, 6)
      .toString('hex'),
  ).toMatch(/^00ff..../);
});

test('a dump that is kept is the board’s flash, whole, and its hash is the record’s', async () => {
  await open('f103cb');
  const keep = { step: 'dump', keepFile: true } as RecipeStep;
  const steps = DEFAULT_STEPS.map((step) => (step === 'dump' ? keep : step));
  const result = await run('1', recipe(steps));
  expect(result.outcome).toBe('PASS');
  expect(dumps.map(sha256)).toEqual([result.dumpBeforeSha256, result.dumpAfterSha256]);
  expect(dumps[1]).toEqual((await virtual.slots[0]!.flash())!.slice(0, 131072));
});

test('a fill is erased for, programmed and verified with the image, and changes no byte beside it', async () => {
  await open('f103cb');
  const fill = { from: '0x08004000', bytes: 3000, value: 0x5a };
  const steps = DEFAULT_STEPS.map((step) => (step === 'program' ? RecipeStep.parse({ step, fill }) : step));
  const result = await run('1', recipe(steps));
  expect(result).toMatchObject({ outcome: 'PASS' });
  expect(result.verify?.ranges.map(({ address }) => address)).toEqual(['0x08000000', '0x08004000']);
  const expected = new Uint8Array(131072).fill(0xff);
  expected.set(FIRMWARE);
  expected.fill(0x5a, 0x4000, 0x4000 + 3000);
  expect((await virtual.slots[0]!.flash())!.slice(0, 131072)).toEqual(expected);
});

test('a board that stores a wrong bit in its fill is FAIL like one in its image', async () => {
  await open('f103cb');
  await virtual.slots[0]!.fault({ kind: 'flash-wrong-bit', address: 0x08004100, bit: 0 });
  const program = RecipeStep.parse({ step: 'program', fill: { from: '0x08004000', bytes: 1024, value: 0 } });
  const steps = DEFAULT_STEPS.map((step) => (step === 'program' ? program : step));
  expect(await run('1', recipe(steps))).toMatchObject({ outcome: 'FAIL', reason: 'verify-mismatch' });
});

test('a fill beyond this board’s flash is ABORTED image-does-not-fit, with its flash untouched', async () => {
  await open('f103c8');
  const program = RecipeStep.parse({ step: 'program', fill: { from: '0x0800ff00', bytes: 512 } });
  const before = await virtual.slots[0]!.flash();
  const steps = ['connect', 'erase', program, 'reset', 'verify'];
  expect(await run('1', recipe(steps))).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
  expect(await virtual.slots[0]!.flash()).toEqual(before);
});

test('a slot shows no outcome before its run’s end was stored', async () => {
  await open('f103cb');
  const shown: unknown[] = [];
  const result = await run('1', recipe(), {
    ...sink(),
    ended: async ({ outcome }) => {
      const { state, run: now } = bench.slot('1')!.snapshot();
      shown.push(outcome, state, now?.outcome);
    },
  });
  expect(shown).toEqual(['PASS', 'running', null]);
  expect(bench.slot('1')!.snapshot()).toMatchObject({ state: 'done', run: { outcome: result.outcome } });
});

test('a recipe that does not verify never passes', async () => {
  await open('f103cb');
  expect(await run('1', recipe(['connect', 'erase', 'program', 'reset']))).toMatchObject({
    outcome: 'ERROR',
    reason: 'no-verify',
    remedy: 'Put "reset" and "verify" behind the last "erase" or "program" of the recipe.',
  });
});

test('a chip left halted, attached hot and verified without a reset, never passes', async () => {
  await open('f103cb');
  const halt = RecipeStep.parse({ step: 'reset', finalState: 'halt' });
  expect(await run('1', recipe([...DEFAULT_STEPS.slice(0, -1), halt]))).toMatchObject({ outcome: 'PASS' });
  const hot = recipe([RecipeStep.parse({ step: 'connect', mode: 'hot' }), 'verify']);
  expect(await run('1', hot)).toMatchObject({ outcome: 'ERROR', reason: 'no-verify', verify: null });
});

test('a board that is attached hot while its firmware runs is flashed as any other', async () => {
  await open('f103cb');
  expect(await run()).toMatchObject({ outcome: 'PASS' });
  const hot = RecipeStep.parse({ step: 'connect', mode: 'hot' });
  expect(await run('1', recipe([hot, 'erase', 'program', 'reset', 'verify', 'reset']))).toMatchObject({
    ...{ outcome: 'PASS', reason: null },
  });
});

test('a run can be cancelled twice, and ends ABORTED', async () => {
  await open('f103cb');
  const stop = new AbortController();
  const cancel = sink(({ step }) => {
    if (step === 'program') {
      stop.abort();
      stop.abort();
    }
  });
  expect(await bench.slot('1')!.run(request(), cancel, stop.signal)).toMatchObject({
    outcome: 'ABORTED',
    reason: 'cancelled',
  });
});

test('a run that takes too long on the probe’s clock ends TIMEOUT', async () => {
  await open('ch32');
  const slow = { ...recipe(), timeoutSeconds: 1 };
  expect(await run('1', slow)).toMatchObject({ outcome: 'TIMEOUT', reason: 'timed-out' });
});

test('a step that outlasts the run’s time is stopped within, not after it', async () => {
  await open('f103cb');
  await virtual.slots[0]!.fault({ kind: 'slow-flash', factor: 10 });
  const result = await run('1', { ...recipe(), timeoutSeconds: 1 });
  expect(result).toMatchObject({ outcome: 'TIMEOUT', reason: 'timed-out' });
  expect(result.steps.at(-1)).toMatchObject({ step: 'program', state: 'error' });
  expect((await virtual.slots[0]!.ledger()).nowPs / 1e12).toBeLessThan(2);
});

test.each([1, 2, 3, 4, 5])(
  'a bad cable (seed %i) slows SWD down, says so, and the board passes',
  async (seed) => {
    virtual = await createVirtualBench({ boards: ['f103cb'], threads: 'inline', seed });
    bench = await Bench.open({ bus: virtual.bus, pollMs: 0 });
    await virtual.slots[0]!.fault({ kind: 'swd-bit-errors', aboveKhz: 1300 });
    const result = await run();
    expect(result).toMatchObject({ outcome: 'PASS', reason: null });
    expect(result.steps.map(({ detail }) => detail).join(' ')).toMatch(
      /does not carry 4000 kHz|slowed down to/,
    );
  },
);

test('a line that carries nothing at any clock is ERROR with what to check', async () => {
  await open('f103cb');
  await virtual.slots[0]!.fault({ kind: 'swd-bit-errors', aboveKhz: 1, oneIn: 20 });
  expect(await run()).toMatchObject({ outcome: 'ERROR', reason: 'line-bad' });
});

test('a board put in, taken out and changed is noticed, each as a new insertion', async () => {
  await open('f103cb+empty');
  const slot = bench.slot('1')!;
  expect(slot.state).toBe('empty');
  await virtual.slots[0]!.insert('f103cb');
  await bench.look();
  expect([slot.state, slot.insertion]).toEqual(['ready', 1]);
  await bench.look();
  expect(slot.insertion).toBe(1);
  await virtual.slots[0]!.remove();
  await virtual.slots[0]!.insert('cks32');
  await bench.look();
  expect([slot.insertion, slot.snapshot().board?.dpidr]).toEqual([2, '0x2ba01477']);
  await virtual.slots[0]!.remove();
  await bench.look();
  expect(slot.state).toBe('empty');
});

/** The bench's USB with something that happens before a certain transfer to a probe. */
function busWith(before: { transfers: number; act: () => Promise<void> }): UsbBus {
  const watched = (device: UsbDevice): UsbDevice =>
    new Proxy(device, {
      get: (of, name) => {
        const value: unknown = Reflect.get(of, name, of);
        if (typeof value !== 'function') return value;
        if (name !== 'transferOut') return value.bind(of) as unknown;
        return async (...how: Parameters<UsbDevice['transferOut']>) => {
          if ((before.transfers -= 1) === 0) await before.act();
          return of.transferOut(...how);
        };
      },
    });
  const { bus } = virtual;
  return {
    devices: async () => (await bus.devices()).map(watched),
    onChange: (listener) => bus.onChange(listener),
    close: () => bus.close(),
  };
}

test('a board that is taken out in the middle of a look is gone, and never taken for a new one', async () => {
  virtual = await createVirtualBench({ boards: ['f103cb'], threads: 'inline' });
  const socket = virtual.slots[0]!;
  const taken = { transfers: 0, act: () => socket.remove() };
  bench = await Bench.open({ bus: busWith(taken), pollMs: 0 });
  const slot = bench.slot('1')!;
  const shown: string[] = [];
  for (let transfers = 1; transfers <= 40; transfers += 1) {
    const { insertion } = slot;
    taken.transfers = transfers;
    await bench.look();
    taken.transfers = 0;
    shown.push(`${slot.state}, ${slot.insertion - insertion} new`);
    await socket.remove();
    await bench.look();
    expect(slot.state).toBe('empty');
    await socket.insert('f103cb');
    await bench.look();
  }
  expect([...new Set(shown)].sort()).toEqual(['empty, 0 new', 'ready, 0 new']);
});

test('a probe that is pulled and plugged keeps its slot', async () => {
  await open('f103cb', 'f103cb');
  await virtual.slots[0]!.unplugProbe();
  await bench.look();
  expect(bench.slot('1')!.state).toBe('no-probe');
  await virtual.slots[0]!.plugProbe();
  await bench.look();
  expect(bench.slot('1')!.state).toBe('ready');
});

test('a probe that fails three looks is set aside, and recovered once it answers', async () => {
  await open('f103cb', 'f103cb');
  await virtual.slots[0]!.fault({ kind: 'silent-replies', count: 1_000_000 });
  for (let i = 0; i < 3; i += 1) await bench.look();
  expect(bench.slots.map(({ state }) => state)).toEqual(['quarantined', 'ready']);
  await bench.slot('1')!.recover();
  expect(bench.slot('1')!.state).toBe('quarantined');
  await virtual.slots[0]!.clearFaults();
  await bench.slot('1')!.recover();
  expect(bench.slot('1')!.state).toBe('ready');
});

test('a slot that is being looked at is ready all the while, and a run waits for the look’s end', async () => {
  await open('f103cb');
  const look = bench.look();
  expect(bench.slot('1')!.state).toBe('ready');
  const [result] = await Promise.all([run(), look]);
  expect(result.outcome).toBe('PASS');
});
