import { doubtPolicyOf } from './doubt-policy.ts';
import { flashNeeded } from './flash-needed.ts';

test.each([
  [[], 0],
  [[{ address: 0x08000000, bytes: 1 }], 1],
  [[{ address: 0x08000000, bytes: 65536 }], 64],
  [
    [
      { address: 0x08000000, bytes: 16 },
      { address: 0x0800fff0, bytes: 32 },
    ],
    65,
  ],
  [[{ address: 0x1ffff800, bytes: 16 }], 0],
])('%j needs %i KiB', (spans, kib) => {
  expect(flashNeeded(spans)).toBe(kib);
});

test.each([
  [null, false, false, 'accept'],
  [null, true, false, 'hold'],
  [null, false, true, 'hold'],
  ['accept', true, true, 'accept'],
  ['refuse', false, false, 'refuse'],
] as const)('a recipe that says %s, in an order %s, released %s: %s', (stated, ordered, released, policy) => {
  expect(doubtPolicyOf(stated, { ordered, released })).toBe(policy);
});
