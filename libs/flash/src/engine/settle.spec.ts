import { FLASH_BASE } from '../families/families.ts';
import { rawImage } from '../images/read-image.ts';
import { planFlash, type FlashPlan } from '../plan.ts';
import { engineOn, pseudoRandom, type Bench } from '../testing/bench.ts';
import type { VerifyMethod } from '../access/verify-result.ts';

let on: Bench;
afterEach(() => on.bench.close());

const IMAGE = pseudoRandom(3000, 7);

async function flashed(): Promise<FlashPlan> {
  on = await engineOn('f103c4');
  const plan = planFlash(rawImage(IMAGE), on.engine.geometry);
  await on.engine.program(plan);
  return plan;
}
const flips = (count: number) => on.bench.slots[0]!.fault({ kind: 'flash-read-flips', count });

test.each(['digest', 'readback'] as const)(
  'one wrong reading in a verify by %s is unstable, not a mismatch',
  async (method) => {
    const plan = await flashed();
    await flips(1);
    await expect(on.engine.verify(plan, method)).rejects.toMatchObject({
      code: 'flash.reads_unstable',
      message: expect.stringMatching(/^The reads are unstable: flash at 0x0800[0-9a-f]{4} /) as string,
    });
  },
);

test.each(['digest', 'readback'] as const)(
  'a byte that reads wrong each time in a verify by %s is a mismatch',
  async (method: VerifyMethod) => {
    on = await engineOn('f103c4');
    const plan = planFlash(rawImage(IMAGE), on.engine.geometry);
    await on.bench.slots[0]!.fault({ kind: 'flash-wrong-bit', address: FLASH_BASE + 100, bit: 3 });
    await on.engine.program(plan);
    const { mismatch } = await on.engine.verify(plan, method);
    expect(mismatch).toMatchObject({
      address: FLASH_BASE + 100,
      expected: IMAGE[100],
      actual: IMAGE[100]! ^ 8,
    });
  },
);

test('flash that SWD reads wrong each time is a mismatch, whatever the core hashed', async () => {
  const plan = await flashed();
  await flips(1_000_000);
  expect((await on.engine.verify(plan, 'digest')).mismatch).not.toBeNull();
});
