import type { Outcome } from '@boardwalk/contracts';

/** Why a run ended as it did: stable words that scripts and reports may rely on. */
export const REASONS = {
  'identity-differs': 'FAIL',
  'identity-held': 'FAIL',
  'wrong-part': 'FAIL',
  'voltage-out-of-limits': 'FAIL',
  'verify-mismatch': 'FAIL',
  'program-failed': 'FAIL',
  'erase-failed': 'FAIL',
  'write-protected': 'FAIL',
  'read-protected': 'FAIL',
  'image-does-not-fit': 'FAIL',
  'no-target': 'FAIL',
  'target-lost': 'FAIL',
  'line-bad': 'ERROR',
  'serial-used': 'FAIL',
  'usb-not-seen': 'FAIL',
  'probe-lost': 'ERROR',
  'probe-failed': 'ERROR',
  'station-failed': 'ERROR',
  'no-verify': 'ERROR',
  interrupted: 'ERROR',
  'timed-out': 'TIMEOUT',
  cancelled: 'ABORTED',
} as const satisfies Record<string, Exclude<Outcome, 'PASS'>>;
export type Reason = keyof typeof REASONS;

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
