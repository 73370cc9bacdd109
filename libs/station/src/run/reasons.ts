import type { Outcome } from '@boardwalk/contracts';

/** How a run ends for a reason, and why that outcome is the right one. */
interface ReasonRow {
  readonly outcome: Exclude<Outcome, 'PASS'>;
  readonly why: string;
}

/**
 * Why a run ended as it did: stable words that scripts and reports may rely on. FAIL is what the board itself showed.
 * The station's own trouble is ERROR. Doubt about files and records is ABORTED, for a person to decide.
 */
export const REASONS = {
  'identity-differs': { outcome: 'FAIL', why: 'The chip differs, and the recipe rejects such chips.' },
  'wrong-part': { outcome: 'FAIL', why: 'The chip is not the part that the recipe or the order states.' },
  'voltage-out-of-limits': {
    outcome: 'FAIL',
    why: 'The voltage was measured, more than once, out of limits.',
  },
  'verify-mismatch': {
    outcome: 'FAIL',
    why: 'Flash reads different from the image, the same at each reading.',
  },
  'program-failed': { outcome: 'FAIL', why: 'The chip did not program its flash.' },
  'erase-failed': { outcome: 'FAIL', why: 'The chip did not erase its flash.' },
  'write-protected': { outcome: 'FAIL', why: 'The chip protects pages that the image needs.' },
  'read-protected': { outcome: 'FAIL', why: 'The chip hides its flash, so nothing can be proved about it.' },
  'no-target': {
    outcome: 'FAIL',
    why: 'The board has power or none is measured, and nobody answers at any try.',
  },
  'target-lost': {
    outcome: 'FAIL',
    why: 'The board answered, and then stopped, also after attaching again.',
  },
  'usb-not-seen': { outcome: 'FAIL', why: 'The firmware did not enumerate on USB in time.' },
  'no-power': { outcome: 'ERROR', why: 'No power reaches the board: a fault of contact or supply.' },
  'voltage-not-measured': {
    outcome: 'ERROR',
    why: 'The recipe has limits, and the probe measures no voltage.',
  },
  'reads-unstable': { outcome: 'ERROR', why: 'Two readings of the same flash differ: the line is bad.' },
  'line-bad': { outcome: 'ERROR', why: 'Parity on the wire is about the cable, not about the board.' },
  'probe-lost': { outcome: 'ERROR', why: 'The probe left USB.' },
  'probe-failed': { outcome: 'ERROR', why: 'The probe did not answer, or answered wrongly, at each try.' },
  'station-failed': { outcome: 'ERROR', why: 'The station failed inside a step.' },
  'station-slow': { outcome: 'ERROR', why: 'The host was too late to tell what the probe did.' },
  'no-verify': { outcome: 'ERROR', why: 'The recipe proves nothing about the flash.' },
  interrupted: { outcome: 'ERROR', why: 'The station stopped while the run was at work.' },
  'timed-out': { outcome: 'TIMEOUT', why: 'The run took longer than the recipe allows.' },
  cancelled: { outcome: 'ABORTED', why: 'A person stopped the run.' },
  'identity-held': { outcome: 'ABORTED', why: 'The chip differs, and the recipe asks for a decision.' },
  'record-held': { outcome: 'ABORTED', why: 'The records contradict this board, and ask for a decision.' },
  'cohort-held': {
    outcome: 'ABORTED',
    why: 'The board is unlike its lot, the second in a row, and the recipe asks for a decision.',
  },
  'record-refused': {
    outcome: 'ABORTED',
    why: 'The records contradict this board, and the recipe or a person refuses it.',
  },
  'passed-already': {
    outcome: 'ABORTED',
    why: 'The board has passed in this order; nobody asked for another test.',
  },
  'image-does-not-fit': {
    outcome: 'ABORTED',
    why: 'The image, or what the recipe adds, has no place on the chip.',
  },
  'unknown-part': { outcome: 'ABORTED', why: 'The part is not known, and nobody stated which one is right.' },
} as const satisfies Readonly<Record<string, ReasonRow>>;
export type Reason = keyof typeof REASONS;

/** The reasons for which a board is left as it was until a person decides. */
export type HoldReason = Exclude<
  { [Name in Reason]: (typeof REASONS)[Name]['outcome'] extends 'ABORTED' ? Name : never }[Reason],
  'cancelled'
>;

/** What a failed step leaves: thrown inside a step, turned into the run's end. */
export class StepFailure extends Error {
  constructor(
    readonly reason: Reason,
    message: string,
    readonly remedy: string | null,
    readonly code: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'StepFailure';
  }
}
