import type { OpenShift, Outcome, ReferenceKind } from '@boardwalk/contracts';
import fc from 'fast-check';
import { judgeOpening, type CheckRun, type OpeningAsked } from './slot-opening.ts';

const [FROM, TO] = ['2026-11-27T05:00:00.000Z', '2026-11-27T13:00:00.000Z'];
const IN_SHIFT = '2026-11-27T05:10:00.000Z';
const FIXTURE = { portPath: '1-3', probeSerial: 'P3', virtual: false };
const ran = (kind: ReferenceKind, outcome: Outcome, rest: Partial<CheckRun> = {}): CheckRun => ({
  ...{ kind, outcome, runId: `run_${kind}`, board: kind === 'golden' ? 7 : 8 },
  ...{ startedAt: IN_SHIFT, fixture: FIXTURE },
  ...rest,
});
const asked = (runs: readonly CheckRun[], openShift: OpenShift = 'golden-and-bad'): OpeningAsked => ({
  ...{ slot: '3', recipe: { name: 'app', revision: 2 }, openShift, fixture: FIXTURE, runs },
  ...{ shift: 'shift early of 2026-11-27', from: FROM, to: TO },
});
const [GOLDEN, BAD] = [ran('golden', 'PASS'), ran('bad', 'FAIL')];
const CLEAN =
  'Clean the contacts and put the golden board in again. If it does not pass again, call an engineer.';
const NOT_OPEN = 'Slot 3 is not open for shift early of 2026-11-27:';

test.each<[string, OpeningAsked, string | null, string | null]>([
  [
    'a golden board that passed and a known-bad one that failed open a slot',
    asked([GOLDEN, BAD]),
    null,
    null,
  ],
  [
    'a recipe that asks for a golden board alone needs no known-bad one',
    asked([GOLDEN], 'golden'),
    null,
    null,
  ],
  ['a recipe that asks for none has open slots', asked([], 'none'), null, null],
  [
    'the golden board comes first',
    asked([]),
    'no golden board was run in it with recipe "app" revision 2.',
    'Put the golden board into slot 3.',
  ],
  [
    'then the known-bad board',
    asked([GOLDEN]),
    'no known-bad board was run in it with recipe "app" revision 2.',
    'Put the known-bad board into slot 3.',
  ],
  [
    'a golden board that fails does not open it',
    asked([ran('golden', 'FAIL'), BAD]),
    'the golden board 7 did not pass in it (FAIL).',
    CLEAN,
  ],
  [
    'trouble of the station does not open it',
    asked([GOLDEN, ran('bad', 'ERROR')]),
    'the known-bad board 8 did not fail in it (ERROR).',
    'Put the known-bad board in again. If it does not fail again, call an engineer.',
  ],
  [
    'a slot that passes everything is caught',
    asked([GOLDEN, ran('bad', 'PASS')]),
    'the known-bad board 8 passed in it, and must fail.',
    'Put the known-bad board in again. If it does not fail again, call an engineer.',
  ],
  [
    'a run before the shift does not count in it',
    asked([ran('golden', 'PASS', { startedAt: '2026-11-27T04:59:59.999Z' }), BAD]),
    'no golden board was run in it with recipe "app" revision 2.',
    'Put the golden board into slot 3.',
  ],
  [
    'a run that a wrong clock wrote into the next shift does not count either',
    asked([ran('golden', 'PASS', { startedAt: TO }), BAD]),
    'no golden board was run in it with recipe "app" revision 2.',
    'Put the golden board into slot 3.',
  ],
  [
    'another probe must show it again',
    asked([ran('golden', 'PASS', { fixture: { ...FIXTURE, probeSerial: 'P9' } }), BAD]),
    'its golden board was run with another probe.',
    'Put the golden board into slot 3.',
  ],
  [
    'a slot of that name on another port must show it again',
    asked([ran('golden', 'PASS', { fixture: { ...FIXTURE, portPath: '1-4' } }), BAD]),
    'its golden board was run with another probe.',
    'Put the golden board into slot 3.',
  ],
  [
    'a virtual bench opens no slot of a real one',
    asked([ran('golden', 'PASS', { fixture: { ...FIXTURE, virtual: true } }), BAD]),
    'no golden board was run in it with recipe "app" revision 2.',
    'Put the golden board into slot 3.',
  ],
])('%s', (_title, given, why, remedy) => {
  const judged = judgeOpening(given);
  const detail = why === null ? null : `${NOT_OPEN} ${why}`;
  expect(judged).toMatchObject({ open: why === null, detail, remedy });
});

test('a slot is open exactly where each board that is asked for ended as it must in this shift', () => {
  const outcome = fc.constantFrom<Outcome>('PASS', 'FAIL', 'ERROR', 'TIMEOUT');
  const startedAt = fc.constantFrom(IN_SHIFT, FROM, TO, '2026-11-26T05:10:00.000Z');
  const runOf = (kind: ReferenceKind) =>
    fc.option(fc.record({ outcome, startedAt }).map((rest) => ran(kind, rest.outcome, rest)));
  fc.assert(
    fc.property(
      ...([
        runOf('golden'),
        runOf('bad'),
        fc.constantFrom<OpenShift>('none', 'golden', 'golden-and-bad'),
      ] as const),
      (golden, bad, openShift) => {
        const runs = [golden, bad].filter((run) => run !== null);
        const counts = (run: CheckRun | null, right: Outcome): boolean =>
          run !== null && run.outcome === right && (run.startedAt === IN_SHIFT || run.startedAt === FROM);
        const wanted =
          openShift === 'none' || (counts(golden, 'PASS') && (openShift === 'golden' || counts(bad, 'FAIL')));
        expect(judgeOpening(asked(runs, openShift)).open).toBe(wanted);
      },
    ),
    { seed: 20261127, numRuns: 1000 },
  );
});
