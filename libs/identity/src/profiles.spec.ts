import { readFile, writeFile } from 'node:fs/promises';
import { assess } from './assess.ts';
import { MODEL_VERSION } from './model.ts';
import { confusionPage, type Answer, type Judged } from './testing/confusion.ts';
import { EXPECTED, type Expected, type Mode } from './testing/expected.ts';
import { identityOf } from './testing/virtual-identity.ts';

const PROBES = ['v2j17', 'v2j37', 'v3j10'];
const MODES: Readonly<Record<Mode, readonly ['under-reset' | 'normal' | 'hot', options: string]>> = {
  reset: ['under-reset', ''],
  normal: ['normal', ''],
  hot: ['hot', ''],
  protected: ['under-reset', '+rdp1'],
  'hot and protected': ['hot', '+rdp1'],
};
const WAYS = (Object.keys(MODES) as Mode[]).flatMap((mode) => PROBES.map((probe) => ({ mode, probe })));

const PAGE = new URL('../../../docs/IDENTITY.md', import.meta.url);
const judged: Judged[] = [];

/** What is said of a board through every probe in every mode. */
async function answersTo({ board, order }: Expected): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { mode, probe } of WAYS) {
    const [connect, options] = MODES[mode];
    const identity = await identityOf(`${board}${options}+probe=${probe}`, connect);
    const { verdict, resembles, difference = null } = assess(identity, order);
    answers.push({ mode, probe, verdict, resembles, difference });
  }
  return answers;
}

function expectedAnswers({ outcome, misses }: Expected): Omit<Answer, 'difference'>[] {
  return WAYS.map(({ mode, probe }) => {
    const [verdict, resembles] = misses?.[mode] ?? outcome;
    return { mode, probe, verdict, resembles };
  });
}

const titled = (row: Expected) =>
  [`${row.board}${row.order ? ` for ${JSON.stringify(row.order)}` : ''}`, row] as const;

test.each(EXPECTED.map(titled))(
  '%s is judged as the sheets have it, through every probe',
  async (_title, row) => {
    const answers = await answersTo(row);
    judged.push([row, answers]);
    expect(answers.map(({ difference: _, ...said }) => said)).toEqual(expectedAnswers(row));
  },
);

test('there are two dozen families and states, each with its section, and each miss is explained', () => {
  expect(new Set(EXPECTED.map(({ board }) => board)).size).toBeGreaterThanOrEqual(24);
  for (const { from, misses, why } of EXPECTED) {
    expect(from).toMatch(/^sheet [12] (§\d|gate)/);
    expect(misses === undefined).toBe(why === undefined);
  }
});

test('no part of ST that was ordered is said to differ, and the page of all readings is the committed one', async () => {
  // Only after every board was read: a run of some tests alone has nothing to compare.
  if (judged.length < EXPECTED.length) return;
  const ordered = judged.filter(([{ genuine, outcome }]) => genuine && outcome[0] !== 'differs');
  expect(ordered.flatMap(([, answers]) => answers).filter(({ verdict }) => verdict === 'differs')).toEqual(
    [],
  );
  const page = confusionPage(judged, PROBES, MODEL_VERSION);
  if (process.env['UPDATE_IDENTITY']) await writeFile(PAGE, page);
  expect(await readFile(PAGE, 'utf8')).toBe(page);
});
