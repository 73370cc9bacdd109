import type { Difference, Verdict } from '@boardwalk/contracts';
import type { Expected, Mode } from './expected.ts';

/** What was said of a board through one probe in one mode. */
export interface Answer {
  readonly mode: Mode;
  readonly probe: string;
  readonly verdict: Verdict;
  readonly resembles: string | null;
  readonly difference: Difference | null;
}
export type Judged = readonly [row: Expected, answers: readonly Answer[]];

const VERDICTS: readonly Verdict[] = ['consistent', 'differs', 'insufficient'];
const MODES: readonly Mode[] = ['reset', 'normal', 'hot', 'protected', 'hot and protected'];
/** Silicon of ST that is the part ordered must never be said to differ; the rest is to be found. */
const CLASSES: readonly (readonly [name: string, has: (row: Expected) => boolean])[] = [
  ['Silicon of ST, the part ordered', ({ genuine, outcome }) => genuine && outcome[0] !== 'differs'],
  ['Silicon of ST of another line', ({ genuine, outcome }) => genuine && outcome[0] === 'differs'],
  ['Not the part ordered, or another maker’s', ({ genuine }) => !genuine],
];

const line = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const head = (...cells: readonly string[]): string[] => [line(...cells), line(...cells.map(() => '---'))];
const said = ({ verdict, resembles, difference }: Answer): string =>
  difference === null
    ? verdict
    : `differs, ${difference === 'part' ? 'ST, not the part ordered' : (resembles ?? 'unidentified')}`;

function counts(judged: readonly Judged[]): string[] {
  return CLASSES.map(([name, has]) => {
    const answers = judged.filter(([row]) => has(row)).flatMap(([, list]) => list);
    const byVerdict = VERDICTS.map((verdict) => answers.filter((each) => each.verdict === verdict).length);
    return line(name, ...byVerdict, answers.length);
  });
}

/** One cell where every probe gives the same answer, else the answer of each. */
function cell(answers: readonly Answer[]): string {
  const different = new Set(answers.map(said));
  if (different.size === 1) return [...different][0]!;
  return answers.map((each) => `${each.probe}: ${said(each)}`).join('; ');
}

function boardLine([{ board, order, from, why }, answers]: Judged): string {
  const cells = MODES.map((mode) => cell(answers.filter((each) => each.mode === mode)));
  return line(`\`${board}\``, order ? JSON.stringify(order) : '', ...cells, from, why ?? '');
}

/** The page `docs/IDENTITY.md`. */
export function confusionPage(judged: readonly Judged[], probes: readonly string[], model: number): string {
  return [
    '# What the station says of each virtual board',
    '',
    'The identity specs make this page: `UPDATE_IDENTITY=1 npm test -- libs/identity/src/profiles.spec.ts`. Do not edit it.',
    `Each board is read through the probes ${probes.join(', ')}; unprotected and read-protected; halted at reset, attached`,
    `normally (halted where its firmware was), and hot while that runs. The rules are version ${model}. The verdict that each board must get was written from the published`,
    'fingerprints before the rules were (`libs/identity/src/testing/expected.ts`); the column *from* names the section.',
    '',
    '## Counts',
    '',
    'Each reading counts: a board, a probe, a mode.',
    '',
    ...head('', ...VERDICTS, 'readings'),
    ...counts(judged),
    '',
    'No reading of the first row differs. A miss in the last row is a reading that is not *differs*.',
    '',
    '## Boards',
    '',
    ...head('board', 'order', ...MODES, 'from', 'why less is said'),
    ...judged.map(boardLine),
    '',
  ].join('\n');
}
