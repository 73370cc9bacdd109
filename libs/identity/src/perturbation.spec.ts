import type { Identity } from '@boardwalk/contracts';
import { assess } from './assess.ts';
import type { Expectation } from './expectation.ts';
import { perturbed, pick, randomFrom } from './testing/perturb.ts';
import { identityOf } from './testing/virtual-identity.ts';

const COUNT = Number(process.env.BOARDWALK_PERTURBATIONS ?? 10_000);
const SEED = Number(process.env.BOARDWALK_SEED ?? Date.now() % 2 ** 32);

/** Genuine boards, and what may have been ordered when one of them comes. */
const BOARDS: readonly (readonly [board: string, Expectation])[] = [
  ['f103c8', { flashSizeKib: 64, deviceIds: [0x410], package: 'LQFP48' }],
  ['f103cb', { flashSizeKib: 128 }],
  ['f103c6', { flashSizeKib: 32, deviceIds: [0x412], pins: 48 }],
  ['f103re', { flashSizeKib: 512, deviceIds: [0x414], pins: 64 }],
  ['f103rg', { flashSizeKib: 1024, deviceIds: [0x430] }],
  ['f103c8-2008', { flashSizeKib: 64 }],
  ['f103cb+rdp1', { flashSizeKib: 128, deviceIds: [0x410] }],
];

test('no genuine part differs by what was not read or badly read', async () => {
  const random = randomFrom(SEED);
  const genuine: (readonly [Identity, Expectation])[] = [];
  for (const [board, order] of BOARDS)
    for (const connect of ['under-reset', 'hot'] as const)
      genuine.push([await identityOf(board, connect), order] as const);
  const verdicts = new Map<string, number>();
  const accused: unknown[] = [];
  for (let i = 0; i < COUNT; i += 1) {
    const [identity, order] = pick(random, genuine);
    const read = perturbed(identity, random);
    const assessment = assess(read, random() < 0.5 ? order : {});
    const { verdict, summary, findings } = assessment;
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    if (verdict === 'differs')
      accused.push({ summary, findings: findings.filter(({ weight }) => weight < 0), read });
  }
  console.info(`seed ${SEED}: ${[...verdicts].map(([name, count]) => `${count} ${name}`).join(', ')}`);
  expect({ seed: SEED, accused: accused.slice(0, 3) }).toEqual({
    seed: SEED,
    accused: [],
  });
  // Perturbed identities that are all "insufficient" would prove nothing.
  expect(verdicts.get('consistent')).toBeGreaterThan(COUNT / 10);
}, 120_000);
