import { geometryOf, rawImage } from '@boardwalk/flash';
import { asStepFailure } from '../run/failures.ts';
import { OpenBench, recipeOf } from '../testing/open-bench.ts';

let bench: OpenBench;
afterEach(() => bench?.close());

const HIDDEN = 0x08010000;
const beyond = () => ({
  image: rawImage(
    Uint8Array.from({ length: 300 }, (_, i) => i & 0x7f),
    HIDDEN,
  ),
});
const allowing = { recipe: recipeOf(undefined, { allowBeyondStated: true }) };
const isBlank = async (): Promise<boolean> => (await bench.socket.flash())!.every((byte) => byte === 0xff);

test('a chip that states less than the image needs is left untouched, for a person to decide', async () => {
  bench = await OpenBench.on('f103c8');
  const result = await bench.run(beyond());
  expect(result).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
  expect(result.detail).toMatch(/the image needs 65 KiB, this chip states 64 KiB/);
  expect(await isBlank()).toBe(true);
});

test('flash beyond what the chip states is used where the recipe allows it, proved by reading back, and said', async () => {
  bench = await OpenBench.on('f103c8');
  const result = await bench.run({ ...beyond(), ...allowing });
  expect(result).toMatchObject({ outcome: 'PASS', verify: { method: 'readback' } });
  const verify = result.steps.find(({ step }) => step === 'verify');
  expect(verify?.detail).toMatch(/beyond the 64 KiB that the chip states/);
  expect([...(await bench.socket.flash())!.subarray(0x10000, 0x10004)]).toEqual([0, 1, 2, 3]);
});

test('a chip that has no flash beyond what it states is no bad board either', async () => {
  bench = await OpenBench.on('hk32');
  const result = await bench.run({ ...beyond(), ...allowing });
  expect(result).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
  expect(result.detail).toMatch(/states 64 KiB of flash and has no more/);
  expect(await isBlank()).toBe(true);
});

test('cells beyond what the chip states that keep nothing are no bad board', async () => {
  bench = await OpenBench.on('f103c8');
  await bench.socket.fault({ kind: 'flash-wrong-bit', address: HIDDEN + 4, bit: 7 });
  const result = await bench.run({ ...beyond(), ...allowing });
  expect(result).toMatchObject({ outcome: 'ABORTED', reason: 'image-does-not-fit' });
});

test('an image that fits is proved as ever where the recipe allows more', async () => {
  bench = await OpenBench.on('f103c8');
  expect(await bench.run(allowing)).toMatchObject({ outcome: 'PASS', verify: { method: 'digest' } });
});

const PLAIN = ['connect', 'erase', 'program', 'reset', 'verify', 'reset'];

test.each([
  [{ deviceId: '0x412' }, undefined, /device id is 0x410, the recipe expects 0x412/],
  [{ flashSizeKib: 128 }, undefined, /states 64 KiB of flash, the recipe expects 128 KiB/],
  [{ deviceId: '0x412' }, PLAIN, /device id is 0x410/],
] as const)(
  'a chip of another part than the recipe states (%j) is FAIL wrong-part, untouched',
  async (part, steps, says) => {
    bench = await OpenBench.on('f103c8');
    const result = await bench.run({ recipe: recipeOf(steps, { part }) });
    expect(result).toMatchObject({ outcome: 'FAIL', reason: 'wrong-part' });
    expect(result.detail).toMatch(says);
    expect(result.assessment?.difference).toBe('part');
    expect(await isBlank()).toBe(true);
  },
);

test('a chip of the part that the recipe states passes', async () => {
  bench = await OpenBench.on('f103c8');
  const recipe = recipeOf(undefined, { part: { deviceId: '0x410', flashSizeKib: 64 } });
  expect(await bench.run({ recipe })).toMatchObject({ outcome: 'PASS' });
});

test('a part that no recipe states and nobody knows is not called a bad board', () => {
  let cause: unknown;
  try {
    geometryOf(0x10006411, 64);
  } catch (thrown) {
    cause = thrown;
  }
  expect(asStepFailure(cause)).toMatchObject({ reason: 'unknown-part' });
});
