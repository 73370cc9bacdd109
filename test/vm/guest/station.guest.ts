import { DEFAULT_STEPS, RecipeStep } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import { openUsbHost, type UsbBus } from '@boardwalk/probe';
import { Bench, type RunResult } from '@boardwalk/station';
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { attach, control } from './hand.ts';

const IMAGE = Uint8Array.from({ length: 3000 }, (_, i) => (i * 13 + 5) & 0x7f);
const QUIET = {
  step: async () => undefined,
  progress: () => undefined,
  identified: async () => undefined,
  dumped: async () => undefined,
  ended: async () => undefined,
};
let bus: UsbBus;
let bench: Bench;
beforeAll(async () => {
  bus = await openUsbHost();
  bench = await Bench.open({ bus, pollMs: 0 });
});
afterAll(async () => {
  await bench.close();
  await bus.close();
});

function run(slot: string): Promise<RunResult> {
  const steps = DEFAULT_STEPS.map((step) => RecipeStep.parse({ step }));
  const recipe = { name: 'guest', revision: 1, steps, timeoutSeconds: 120 };
  const imageSha256 = createHash('sha256').update(IMAGE).digest('hex');
  const image = rawImage(IMAGE);
  const request = { runId: `run-${slot}`, jobId: 'job', recipe, image, imageSha256, serial: null };
  return bench.slot(slot)!.run(request, QUIET);
}

const MOST_MS = 120_000;

/** Looks until the kernel has told of a change: how long that takes is the guest's. */
async function until(name: string, states: readonly string[]): Promise<string> {
  const end = performance.now() + MOST_MS;
  for (;;) {
    await bench.look();
    const { state } = bench.slot(name)!;
    if (states.includes(state)) return state;
    if (performance.now() > end) throw new Error(`slot ${name} is still ${state} after ${MOST_MS} ms`);
    await sleep(100);
  }
}

test('the station’s runs pass on every slot, side by side', async () => {
  const names = bench.slots.map(({ name }) => name);
  expect(names.length).toBeGreaterThan(3);
  const results = await Promise.all(names.map(run));
  expect(results.map(({ outcome, reason }) => [outcome, reason])).toEqual(names.map(() => ['PASS', null]));
});

test('a probe that is pulled leaves its slot without one; plugged again, the slot works on', async () => {
  await control('unplug 2');
  expect(await until('2', ['no-probe'])).toBe('no-probe');
  await control('plug 2');
  await attach(2);
  await until('2', ['ready', 'done']);
  expect((await run('2')).outcome).toBe('PASS');
});

test('a probe that is pulled in the middle of a run is ERROR on its slot, PASS on the others', async () => {
  await control('fault 3 unplug-after 80');
  const results = await Promise.all(['1', '2', '3', '4'].map(run));
  expect(results.map(({ outcome }) => outcome)).toEqual(['PASS', 'PASS', 'ERROR', 'PASS']);
  expect(results[2]).toMatchObject({ reason: 'probe-lost' });
});
