import { SENTENCES } from '@boardwalk/contracts';
import { PROBE_MODELS, type VirtualBench } from '@boardwalk/virtual-bench';
import { benchOf, probeAt } from '../testing/bench.ts';
import { capabilitiesOf, type Feature } from './capabilities.ts';
import { ST_LINK_PRODUCTS } from './products.ts';

let bench: VirtualBench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

test.each([...ST_LINK_PRODUCTS.values()])(
  'the product $model is a row that can be used, or says why not',
  (row) => {
    expect(ST_LINK_PRODUCTS.get(row.productId)).toBe(row);
    expect(row.model).toMatch(/^ST-?LINK/);
    expect([1, 2]).toContain(row.outEndpoint);
    if (row.refusal) {
      const [says, remedy] = SENTENCES[row.refusal];
      expect(says).toMatch(/: it is .*\.$/);
      expect(remedy).toMatch(/\.$/);
    }
  },
);

test.each([...PROBE_MODELS.values()])(
  'the virtual probe $name is one that the driver knows and opens',
  async (model) => {
    const product = ST_LINK_PRODUCTS.get(model.productId)!;
    expect([product.refusal, product.outEndpoint]).toEqual([undefined, model.outEndpoint & 15]);
    bench = await benchOf(`f103cb+probe=${model.name}`);
    const probe = await probeAt(bench);
    expect(probe.firmware).toMatchObject({ hardware: model.hardware, jtag: model.jtag });
    expect(model.description).toContain(probe.firmware.text);
    // What the driver takes it to be able to do, it can.
    const target = await probe.attach({ connect: 'under-reset' });
    expect(await target.readHalfWord(0x1ffff7e0)).toBe(128);
    expect(await probe.targetVoltage()).toBeGreaterThan(3);
    if (probe.capabilities.dapRegisters) expect(await target.readDp(0)).toBe(0x1ba01477);
    await probe.close();
  },
);

/** What each generation has from its first usable firmware to its latest: a feature that came does not go. */
test.each([2, 3])('features of V%i firmware come with a number and stay', (hardware) => {
  let before = new Set<Feature>();
  for (let jtag = 1; jtag <= 50; jtag += 1) {
    const all = Object.entries(capabilitiesOf({ text: '', hardware, jtag }));
    const now = new Set(all.flatMap(([name, has]) => (has ? [name as Feature] : [])));
    expect([...before].filter((name) => !now.has(name))).toEqual([]);
    before = now;
  }
  expect(before.has('targetVoltage') && before.has('dapRegisters')).toBe(true);
});
