import { assess } from './assess.ts';
import { EXPECTED, type Expected, type Mode } from './testing/expected.ts';
import { identityOf } from './testing/virtual-identity.ts';

const PROBES = ['v2j17', 'v2j37', 'v3j10'];
const MODES: Readonly<Record<Mode, readonly ['under-reset' | 'hot', options: string]>> = {
  reset: ['under-reset', ''],
  hot: ['hot', ''],
  protected: ['under-reset', '+rdp1'],
  'hot and protected': ['hot', '+rdp1'],
};
const WAYS = (Object.keys(MODES) as Mode[]).flatMap((mode) => PROBES.map((probe) => ({ mode, probe })));

/** What is said of a board through every probe in every mode, as `mode probe: verdict resembles`. */
async function answersTo({ board, order }: Expected): Promise<string[]> {
  const answers: string[] = [];
  for (const { mode, probe } of WAYS) {
    const [connect, options] = MODES[mode];
    const { verdict, resembles } = assess(
      await identityOf(`${board}${options}+probe=${probe}`, connect),
      order,
    );
    answers.push(`${mode}, ${probe}: ${verdict}, ${resembles ?? 'unidentified'}`);
  }
  return answers;
}

function expectedAnswers({ outcome, misses }: Expected): string[] {
  return WAYS.map(({ mode, probe }) => {
    const [verdict, resembles] = misses?.[mode] ?? outcome;
    return `${mode}, ${probe}: ${verdict}, ${resembles ?? 'unidentified'}`;
  });
}

const titled = (row: Expected) =>
  [`${row.board}${row.order ? ` for ${JSON.stringify(row.order)}` : ''}`, row] as const;

test.each(EXPECTED.map(titled))(
  '%s is judged as the sheets have it, through every probe',
  async (_title, row) => {
    expect(await answersTo(row)).toEqual(expectedAnswers(row));
  },
);

test('there are two dozen families and states, each with its section, and each miss is explained', () => {
  expect(new Set(EXPECTED.map(({ board }) => board)).size).toBeGreaterThanOrEqual(24);
  for (const { from, misses, why } of EXPECTED) {
    expect(from).toMatch(/^sheet [12] (§\d|gate)/);
    expect(misses === undefined).toBe(why === undefined);
  }
});
