import { doubtPolicyOf } from './doubt-policy.ts';

test.each([
  [null, false, false, 'accept'],
  [null, true, false, 'hold'],
  [null, false, true, 'hold'],
  ['accept', true, true, 'accept'],
  ['refuse', false, false, 'refuse'],
] as const)('a recipe that says %s, in an order %s, released %s: %s', (stated, ordered, released, policy) => {
  expect(doubtPolicyOf(stated, { ordered, released })).toBe(policy);
});
