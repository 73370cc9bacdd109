import type { StepRecord } from '@boardwalk/contracts';
import { rawImage } from '@boardwalk/flash';
import type { FaultSpec } from '@boardwalk/virtual-bench';
import { FIRMWARE, OpenBench, recipeOf } from '../testing/open-bench.ts';
import type { RunSink } from '../request/run-request.ts';

let bench: OpenBench;
afterEach(() => bench.close());

const LONG_MS = 300_000;
/** Transfers of a program step until the core is at work on the first page. */
const TORN_AFTER = 70;
const OTHER = rawImage(Uint8Array.from({ length: 9000 }, (_, i) => (i * 91 + 7) & 0xff));

/** Lays a fault on as a step begins. */
const faultAt = (name: string, fault: FaultSpec): Partial<RunSink> => ({
  step: async ({ step, state }) => {
    if (step === name && state === 'running') await bench.socket.fault(fault);
  },
});

const retries = (steps: readonly StepRecord[]): string[] =>
  steps
    .flatMap(({ measurements }) => measurements.map(({ name }) => name))
    .filter((name) => /Retries$/.test(name));

test.each(['erase', 'program', 'verify'])(
  'a supply that dips anywhere in %s leaves no byte wrong: flash is looked at, and what is torn is done again',
  async (step) => {
    bench = await OpenBench.on('f103c4');
    for (let transfers = 3; transfers <= 75; transfers += 12) {
      expect(await bench.run({ image: OTHER })).toMatchObject({ outcome: 'PASS' });
      const result = await bench.run({}, faultAt(step, { kind: 'brown-out-after', transfers }));
      expect([transfers, result.outcome, result.reason]).toEqual([transfers, 'PASS', null]);
      expect((await bench.socket.flash())!.slice(0, FIRMWARE.length)).toEqual(FIRMWARE);
      await bench.socket.clearFaults();
    }
  },
  LONG_MS,
);

test('half-programmed pages are not erased where the recipe does not erase', async () => {
  bench = await OpenBench.on('f103c4');
  const recipe = recipeOf(['connect', 'program', 'reset', 'verify']);
  const dips = faultAt('program', { kind: 'brown-out-after', transfers: TORN_AFTER });
  expect(await bench.run({ recipe }, dips)).toMatchObject({ outcome: 'FAIL', reason: 'target-lost' });
  const torn = (await bench.socket.flash())!;
  expect(torn.some((byte) => byte !== 0xff)).toBe(true);
});

test.each([
  ['options', 'silent-replies'],
  ['options', 'short-replies'],
  ['protect', 'silent-replies'],
  ['protect', 'short-replies'],
] as const)('option bytes survive an answer that is lost anywhere in %s (%s)', async (step, kind) => {
  const set = { step: 'options', set: { DATA0: 0x42 } } as const;
  const recipe = recipeOf(['connect', 'erase', 'program', 'reset', 'verify', set, 'protect']);
  bench = await OpenBench.on('f103c4');
  const result = await bench.run({ recipe }, faultAt(step, { kind, count: 1 }));
  expect(result).toMatchObject({ outcome: 'PASS' });
  expect(retries(result.steps)).toHaveLength(1);
  expect([...(await bench.socket.optionBytes())!.subarray(0, 6)]).toEqual([
    0x00, 0xff, 0xff, 0x00, 0x42, 0xbd,
  ]);
});

test('a board that is changed for another in the middle of a run is never taken for it', async () => {
  bench = await OpenBench.on('f103c4');
  const change: Partial<RunSink> = {
    step: async ({ step, state }) => {
      if (step === 'program' && state === 'running') await bench.socket.insert('f103c4');
    },
  };
  const result = await bench.run({}, change);
  expect(result).toMatchObject({ outcome: 'FAIL', reason: 'target-lost' });
  expect(result.detail).toMatch(/UID [0-9a-f]{24} was lost, and one with UID [0-9a-f]{24} answers/);
  expect((await bench.socket.flash())!.every((byte) => byte === 0xff)).toBe(true);
});

test('a board that is taken out in the middle of a run is named by its missing power', async () => {
  bench = await OpenBench.on('f103c4');
  const out: Partial<RunSink> = {
    step: async ({ step, state }) => {
      if (step === 'program' && state === 'running') await bench.socket.remove();
    },
  };
  const result = await bench.run({}, out);
  expect(result).toMatchObject({ outcome: 'ERROR', reason: 'no-power' });
  expect(result.detail).toMatch(/^0\.00 V at the target/);
});
