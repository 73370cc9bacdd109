import type { Identity } from '@boardwalk/contracts';
import { assess } from './assess.ts';
import { reassess } from './reassess.ts';
import { perturbed, randomFrom } from './testing/perturb.ts';
import { identityOf } from './testing/virtual-identity.ts';

const SEED = 20261127;
const IDENTITIES = 1000;
const MEASURES = 7;
/** A stored identity is judged in the time in which its JSON is read this many times. */
const MOST_PARSES = 6;

/** The least of several measures of this process’s own time, in µs for each identity. */
function leastMicroseconds(work: () => void): number {
  const measures = Array.from({ length: MEASURES }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / IDENTITIES;
  });
  return Math.min(...measures);
}

test('judging a stored identity again costs a few times what reading its JSON does', async () => {
  const random = randomFrom(SEED);
  const base: Identity[] = [];
  for (const board of ['f103cb', 'gd32', 'cks32', 'f103cb+rdp1']) base.push(await identityOf(board));
  const texts = Array.from({ length: IDENTITIES }, (_, at) =>
    JSON.stringify(perturbed(base[at % base.length]!, random)),
  );
  const stored = assess(base[0]!);
  const identities = texts.map((text) => JSON.parse(text) as Identity);
  const parse = leastMicroseconds(() => texts.forEach((text) => JSON.parse(text) as Identity));
  const judge = leastMicroseconds(() => identities.forEach((each) => reassess(each, {}, stored)));
  const seconds = ((parse + judge) * 100_000) / 1e6;
  console.info(
    `seed ${SEED}: parse ${parse.toFixed(1)} µs, judge ${judge.toFixed(1)} µs: 100,000 in ${seconds.toFixed(1)} s`,
  );
  expect(judge / parse).toBeLessThan(MOST_PARSES);
});
