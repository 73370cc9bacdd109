import { BUILT_IN_RECIPE } from '@boardwalk/contracts';
import type { AttemptsTally } from '../store/boards/attempts-tallies.ts';

/** A run as its board counts it. */
export interface TalliedRun {
  readonly id: string;
  readonly sequence: number;
  readonly startedAt: string;
  readonly recipeName: string;
  readonly imageSha256: string;
  readonly workOrder: string | null;
  readonly outcome: string | null;
  readonly reason: string | null;
  /** Since its last repair before this run: 1 until the first repair. */
  readonly life: number;
  /** golden or bad: a reference board, which no rule and no count includes. */
  readonly reference: string | null;
  readonly deviceId: string | null;
  readonly dpidr: string | null;
  readonly flashSizeKib: number | null;
  readonly verdict: string | null;
  readonly resembles: string | null;
  readonly difference: string | null;
}

/** What a board's row keeps of its runs. */
export interface BoardTally {
  number: number;
  runs: number;
  attempts: number;
  passes: number;
  firstSequence: number | null;
  lastSequence: number | null;
  firstSeenAt: string | null;
  lastSeenAt: string | null;
  firstOutcome: string | null;
  lastOutcome: string | null;
  lastReason: string | null;
  lastRun: string | null;
  deviceId: string | null;
  dpidr: string | null;
  flashSizeKib: number | null;
  verdict: string | null;
  resembles: string | null;
  difference: string | null;
}

/**
 * Attempts are counted per recipe name; those of the built-in recipe, which is one name for all, per image.
 * @param images ids of earlier versions → the ids that these images have now
 */
export function recipeKey(
  { recipeName, imageSha256 }: Pick<TalliedRun, 'recipeName' | 'imageSha256'>,
  images: ReadonlyMap<string, string>,
): string {
  if (recipeName !== BUILT_IN_RECIPE) return recipeName;
  return `${recipeName} ${images.get(imageSha256) ?? imageSha256}`;
}

/** Whether a run is an attempt: it ended, no person aborted it, and its board is no reference board. */
export function isAttempt({ outcome, reference }: Pick<TalliedRun, 'outcome' | 'reference'>): boolean {
  return outcome !== null && outcome !== 'ABORTED' && reference === null;
}

const NOTHING = {
  ...{ runs: 0, attempts: 0, passes: 0, firstSequence: null, lastSequence: null, firstSeenAt: null },
  ...{ lastSeenAt: null, firstOutcome: null, lastOutcome: null, lastReason: null, lastRun: null },
  ...{ deviceId: null, dpidr: null, flashSizeKib: null, verdict: null, resembles: null, difference: null },
} as const;

/** A board of which nothing has been counted. */
export function emptyTally(number: number): BoardTally {
  return { number, ...NOTHING };
}

/** Counts a run that began. Runs of a board are counted in the record's order. */
export function countBegin(board: Omit<BoardTally, 'number'>, run: TalliedRun): void {
  board.runs += 1;
  board.firstSequence ??= run.sequence;
  board.firstSeenAt ??= run.startedAt;
  board.lastSequence = run.sequence;
  board.lastSeenAt = run.startedAt;
  countIdentity(board, run);
}

/** The counts of a board after a run has begun on it, without its number. */
export function begun(board: Readonly<BoardTally>, run: TalliedRun): Omit<BoardTally, 'number'> {
  const kept = Object.keys(NOTHING).map((name) => [name, board[name as keyof BoardTally]]);
  const counted = Object.fromEntries(kept) as Omit<BoardTally, 'number'>;
  countBegin(counted, run);
  return counted;
}

/** Keeps the identity that was read last. */
export function countIdentity(board: Omit<BoardTally, 'number'>, run: TalliedRun): void {
  if (run.verdict === null && run.deviceId === null && run.dpidr === null) return;
  const { deviceId, dpidr, flashSizeKib, verdict, resembles, difference } = run;
  Object.assign(board, { deviceId, dpidr, flashSizeKib, verdict, resembles, difference });
}

/** Counts a run that ended, after it was counted as begun. */
export function countEnd(board: BoardTally, run: TalliedRun): void {
  if (run.outcome === null) return;
  board.lastOutcome = run.outcome;
  board.lastReason = run.reason;
  board.lastRun = run.id;
  if (!isAttempt(run)) return;
  board.attempts += 1;
  board.firstOutcome ??= run.outcome;
  if (run.outcome === 'PASS') board.passes += 1;
}

/** Counts an attempt among those at its recipe; its number is `attempts` of the answer. */
export function countAttempt(
  before: AttemptsTally | undefined,
  { board, recipe }: Pick<AttemptsTally, 'board' | 'recipe'>,
  run: TalliedRun,
): AttemptsTally {
  const { life, id, sequence } = run;
  const outcome = run.outcome!;
  const last = { lastRun: id, lastSequence: sequence, lastOutcome: outcome };
  if (before) return { ...before, attempts: before.attempts + 1, ...last };
  const first = { firstRun: id, firstSequence: sequence, firstOutcome: outcome };
  return { board, life, recipe, attempts: 1, ...first, ...last };
}
