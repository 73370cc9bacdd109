import { ReferenceKind, type OpenShift, type SlotCheck } from '@boardwalk/contracts';

/** The latest finished run of a golden or a known-bad board in a slot. */
export interface CheckRun {
  readonly kind: ReferenceKind;
  readonly runId: string;
  readonly board: number | null;
  readonly outcome: string;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly fixture: Fixture;
}

/** The hardware of a slot: what a run in it says of the slot is true as long as this is the same. */
export interface Fixture {
  readonly portPath: string;
  readonly probeSerial: string | null;
  readonly virtual: boolean;
}

export interface OpeningAsked {
  readonly slot: string;
  readonly recipe: { readonly name: string; readonly revision: number };
  readonly openShift: OpenShift;
  /** What a person calls the shift, such as `shift early of 2026-11-27`. */
  readonly shift: string;
  /** RFC 3339: the shift from its first instant up to its last one, which is not part of it. */
  readonly from: string;
  readonly to: string;
  readonly fixture: Fixture;
  /** One of a kind at most. */
  readonly runs: readonly CheckRun[];
}

/** Whether the slot is open; where it is not, why, and what an operator does next. */
export interface OpeningJudged {
  readonly open: boolean;
  readonly checks: readonly SlotCheck[];
  readonly detail: string | null;
  readonly remedy: string | null;
}

/** The boards that a recipe asks for, in the order in which an operator puts them in. */
const KINDS: Readonly<Record<OpenShift, readonly ReferenceKind[]>> = {
  none: [],
  golden: ['golden'],
  'golden-and-bad': ReferenceKind.options,
};

interface Told {
  readonly called: string;
  /** The one outcome that opens a slot. Trouble of the station opens none. */
  readonly right: 'PASS' | 'FAIL';
  readonly wrong: (board: string, outcome: string) => string;
  readonly afterWrong: string;
}

const TOLD: Readonly<Record<ReferenceKind, Told>> = {
  golden: {
    ...{ called: 'golden board', right: 'PASS' },
    wrong: (board, outcome) => `the ${board} did not pass in it (${outcome})`,
    afterWrong:
      'Clean the contacts and put the golden board in again. If it does not pass again, call an engineer.',
  },
  bad: {
    ...{ called: 'known-bad board', right: 'FAIL' },
    wrong: (board, outcome) =>
      outcome === 'PASS'
        ? `the ${board} passed in it, and must fail`
        : `the ${board} did not fail in it (${outcome})`,
    afterWrong: 'Put the known-bad board in again. If it does not fail again, call an engineer.',
  },
};

/** Judges the runs of reference boards in a slot: the latest one of each kind in this shift decides. */
export function judgeOpening(asked: OpeningAsked): OpeningJudged {
  const checks = KINDS[asked.openShift].map((kind) => checkOf(kind, asked));
  const first = checks.find(({ result }) => result !== 'right');
  if (!first) return { open: true, checks, detail: null, remedy: null };
  const { slot, shift } = asked;
  const detail = `Slot ${slot} is not open for ${shift}: ${whyNot(first, asked)}.`;
  return { open: false, checks, detail, remedy: remedyOf(first, slot) };
}

function checkOf(kind: ReferenceKind, { runs, from, to, fixture }: OpeningAsked): SlotCheck {
  const run = runs.find((one) => one.kind === kind);
  // A clock that was ahead has written times of shifts to come.
  const inShift = run !== undefined && from <= run.startedAt && run.startedAt < to;
  const missing = { runId: null, board: null, outcome: null, at: null };
  if (!inShift || run.fixture.virtual !== fixture.virtual) return { kind, result: 'missing', ...missing };
  const { runId, board, startedAt: at } = run;
  const outcome = run.outcome as SlotCheck['outcome'];
  const { portPath, probeSerial } = run.fixture;
  const same = portPath === fixture.portPath && probeSerial === fixture.probeSerial;
  const result = !same ? 'other-probe' : outcome === TOLD[kind].right ? 'right' : 'wrong';
  return { kind, result, runId, board, outcome, at };
}

function whyNot({ kind, result, board, outcome }: SlotCheck, { recipe }: OpeningAsked): string {
  const { called, wrong } = TOLD[kind];
  if (result === 'missing')
    return `no ${called} was run in it with recipe "${recipe.name}" revision ${recipe.revision}`;
  const named = board === null ? called : `${called} ${board}`;
  return result === 'wrong' ? wrong(named, outcome ?? '') : `its ${called} was run with another probe`;
}

function remedyOf({ kind, result }: SlotCheck, slot: string): string {
  const { called, afterWrong } = TOLD[kind];
  return result === 'wrong' ? afterWrong : `Put the ${called} into slot ${slot}.`;
}
