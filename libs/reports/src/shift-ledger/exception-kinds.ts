/** Why a code or a run keeps the two sides of the ledger apart → the words for it. */
export const EXCEPTIONS = {
  waiting: 'The code waits for its run.',
  held: 'The board waits for a decision.',
  refused: 'The code was refused.',
  expired: 'The slot that was kept for the code was not used in time.',
  cancelled: 'The code was cancelled.',
  unaccounted: 'The record does not say what became of the code.',
  'started-later': 'The run of the code started in another shift or on another day.',
  running: 'The run has not ended.',
  'ended-later': 'The run ended in another shift or on another day.',
  interrupted: 'The station stopped during the run.',
} as const;
export type ExceptionKind = keyof typeof EXCEPTIONS;
export const EXCEPTION_KINDS = Object.keys(EXCEPTIONS) as [ExceptionKind, ...ExceptionKind[]];
