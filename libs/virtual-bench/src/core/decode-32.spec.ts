import { BareCore } from './testing/bare-core.ts';

const CFSR = 0xe000ed28;
const UNDEFINSTR = 1 << 16;
const UNALIGNED = 1 << 24;
const HARD_FAULT = 3;

/** The DSP extension's encodings that QEMU executes on its Cortex-M3, so that it cannot judge them. */
test.each([
  ['SSAT16', 0xf321, 0x0203],
  ['USAT16', 0xf3a1, 0x0203],
  ['SXTAB', 0xfa41, 0xf283],
  ['USAD8', 0xfb71, 0xf203],
  ['SMLAD', 0xfb21, 0x0203],
  ['SMLSD', 0xfb41, 0x0203],
  ['SMUAD', 0xfb21, 0xf203],
  ['SMUSD', 0xfb41, 0xf203],
  ['SMLALD', 0xfbc1, 0x02c3],
  ['SMLSLD', 0xfbd1, 0x02c3],
  ['SMLAWB', 0xfb31, 0x0203],
  ['SMULWB', 0xfb31, 0xf203],
])('%s is undefined', (_name, first, second) => {
  const bare = new BareCore([first, second]);
  bare.step();
  expect(bare.core.ipsr).toBe(HARD_FAULT);
  expect(bare.system(CFSR)).toBe(UNDEFINSTR);
});

test('STREX must be aligned, whatever the monitor says', () => {
  const bare = new BareCore([0xe840, 0x1200]); // STREX r2, r1, [r0]
  bare.set({ 0: 0x20000002 });
  bare.step();
  expect(bare.core.ipsr).toBe(HARD_FAULT);
  expect(bare.system(CFSR)).toBe(UNALIGNED);
});
