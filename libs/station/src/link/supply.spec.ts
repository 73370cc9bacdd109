import { OpenBench } from '../testing/open-bench.ts';
import { measureSupply } from './supply.ts';

let bench: OpenBench | null = null;
afterEach(async () => {
  await bench?.close();
  bench = null;
});

test.each([
  ['f103c4+voltage=0', 'ERROR', 'no-power', /^0\.00 V at the target: no power reaches the board/],
  ['f103c4+empty', 'ERROR', 'no-power', /^0\.00 V at the target/],
  ['f103c4+voltage=1.2', 'FAIL', 'voltage-out-of-limits', /is 1\.20 V, outside 2\.0 to 3\.6 V/],
  ['f103c4+voltage=1.95', 'FAIL', 'voltage-out-of-limits', /is 1\.95 V, outside 2\.0 to 3\.6 V/],
  [
    'f103c4+voltage=3.7',
    'FAIL',
    'voltage-out-of-limits',
    /is 3\.70 V, outside 2\.0 to 3\.6 V, the limits of the chip\.$/,
  ],
  ['f103c4+voltage=5', 'FAIL', 'voltage-out-of-limits', /is 5\.00 V, .* The chip survives 4\.0 V at most/],
])('%s ends %s %s with its volts, before anything is erased', async (board, outcome, reason, says) => {
  bench = await OpenBench.on(board);
  const result = await bench.run();
  expect(result).toMatchObject({ outcome, reason });
  expect(result.detail).toMatch(says);
  expect(result.steps.map(({ step }) => step)).toEqual(['connect']);
  expect((await bench.socket.flash())?.every((byte) => byte === 0xff) ?? true).toBe(true);
});

test.each(['f103c4+voltage=2', 'f103c4+voltage=3.6'])(
  '%s is within the limits of the chip',
  async (board) => {
    bench = await OpenBench.on(board);
    expect(await bench.run()).toMatchObject({ outcome: 'PASS' });
  },
);

test('a probe without a sense wire measures nothing, which the run says once', async () => {
  bench = await OpenBench.on('f103c4+nosense');
  const result = await bench.run();
  expect(result).toMatchObject({ outcome: 'PASS', targetVoltage: null, identity: { targetVoltage: null } });
  const said = result.steps.filter(({ detail }) => detail.includes('does not measure the target voltage'));
  expect(said.map(({ step }) => step)).toEqual(['connect']);
  expect(result.steps[0]!.measurements).toEqual([]);
});

/** A meter that shows these volts one after the other. */
const meter = (...volts: number[]) => ({ targetVoltage: async () => volts.shift() ?? null });

test.each([
  ['one bad sample', 5, [3.3, 3.3], true, { volts: 3.3, unmeasured: null }],
  ['a supply that is bad', 5, [5, 3.3], true, { volts: 5, unmeasured: null }],
  ['an empty socket', 0, [0, 0], false, { volts: 0, unmeasured: null }],
] as const)('%s is settled by measuring again', async (_name, first, more, answers, supply) => {
  expect(await measureSupply(meter(...more), first, answers)).toEqual(supply);
});
