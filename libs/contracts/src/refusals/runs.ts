import { CALL_ENGINEER, ONCE_MORE, QUALITY_BOX, RED_BOX, SEAT_AND_SCAN } from './operator-words.ts';
import type { RefusalRow } from './row.ts';

/** How a run ends for a reason: FAIL is what the board itself showed, ERROR the station's own trouble. */
export interface RunRow extends RefusalRow {
  readonly outcome: 'FAIL' | 'ERROR' | 'TIMEOUT' | 'ABORTED';
}

type Told = Pick<RunRow, 'means' | 'operator' | 'engineer'> & Partial<RunRow>;

const ending = <const Outcome extends RunRow['outcome'], const Code extends string>(
  common: Pick<RunRow, 'exit'> & { readonly outcome: Outcome },
  told: Readonly<Record<Code, Told>>,
): { readonly [Key in Code]: RunRow & { readonly outcome: Outcome } } => {
  const whole = Object.entries<Told>(told).map(([code, row]) => [
    code,
    { status: null, retryable: false, run: code, ...common, ...row },
  ]);
  return Object.fromEntries(whole) as { readonly [Key in Code]: RunRow & { readonly outcome: Outcome } };
};

const FAILS = ending(
  { outcome: 'FAIL', exit: 'boardFailed' },
  {
    'identity-differs': {
      means: 'The chip differs, and the recipe rejects such chips.',
      operator: RED_BOX,
      engineer: 'Set the board aside; its flash was not touched.',
    },
    'wrong-part': {
      means: 'The chip is not the part that the recipe or the order states.',
      operator: RED_BOX,
      engineer: 'Check which board is in the slot.',
    },
    'voltage-out-of-limits': {
      means: 'The voltage was measured, more than once, out of limits.',
      operator: ONCE_MORE,
      engineer: 'Check the supply of the board and the pogo pins.',
    },
    'verify-mismatch': {
      means: 'Flash reads different from the image, the same at each reading.',
      operator: ONCE_MORE,
      engineer: 'Flash the board once more; if it fails again, set it aside.',
    },
    'program-failed': {
      means: 'The chip did not program its flash.',
      operator: ONCE_MORE,
      engineer: 'Flash the board once more; if it fails again, set it aside.',
    },
    'write-protected': {
      means: 'The chip protects pages that the image needs.',
      operator: RED_BOX,
      engineer: 'Remove the write protection with the recipe step "options".',
    },
    'read-protected': {
      means: 'The chip hides its flash, so nothing can be proved about it.',
      operator: RED_BOX,
      engineer:
        'Stop the station, then run "boardwalk unprotect". It removes the read protection and erases the flash.',
    },
    'no-target': {
      means: 'The board has power or none is measured, and no chip answers at any attempt.',
      operator: ONCE_MORE,
      engineer: 'Check SWDIO, SWCLK, GND and power.',
    },
    'target-lost': {
      means: 'The board answered, and then stopped, also after attaching again.',
      operator: ONCE_MORE,
      engineer: 'Check the contact and the supply of the board.',
    },
    'usb-not-seen': {
      means: 'The firmware did not enumerate on USB in time.',
      operator: ONCE_MORE,
      engineer: 'Check the USB cable of the board, and that its firmware enumerates at each start.',
    },
  },
);

const ERRORS = ending(
  { outcome: 'ERROR', exit: 'stationFailed' },
  {
    'no-power': {
      means: 'No power reaches the board: a fault of contact or supply.',
      operator: SEAT_AND_SCAN,
      engineer: 'Check the supply of the board and the contact.',
    },
    'voltage-not-measured': {
      means: 'The recipe has limits, and the probe measures no voltage.',
      operator: CALL_ENGINEER,
      engineer: 'Use a probe that measures it, or remove the limit from the recipe.',
    },
    'reads-unstable': {
      means: 'Two readings of the same flash differ: the line is bad.',
      operator: CALL_ENGINEER,
      engineer: 'Check the cable and the contact, or lower the SWD clock.',
    },
    'line-bad': {
      means: 'Parity errors on the wire are about the cable, not about the board.',
      operator: CALL_ENGINEER,
      engineer: 'Check the cable, or lower the SWD clock.',
    },
    'probe-lost': {
      means: 'The probe left USB.',
      operator: CALL_ENGINEER,
      engineer: 'Plug the probe in again.',
    },
    'probe-failed': {
      means: 'The probe did not answer, or answered wrongly, at each attempt.',
      operator: CALL_ENGINEER,
      engineer: 'Unplug the probe and plug it in again.',
    },
    'station-failed': {
      means: 'The station failed inside a step.',
      operator: CALL_ENGINEER,
      engineer: 'Read the log of the station and report the defect.',
    },
    'station-slow': {
      means: 'The host was too late to tell what the probe did.',
      operator: SEAT_AND_SCAN,
      engineer: 'Close other programs on this computer and keep it from sleeping.',
    },
    'no-verify': {
      means: 'The recipe proves nothing about the flash.',
      operator: CALL_ENGINEER,
      engineer: 'Add a step "verify" after a reset to the recipe.',
    },
    interrupted: {
      means: 'The station stopped during the run.',
      operator: SEAT_AND_SCAN,
      engineer: 'Flash the board again before it is used.',
    },
  },
);

const TIMEOUTS = ending(
  { outcome: 'TIMEOUT', exit: 'stationFailed' },
  {
    'timed-out': {
      means: 'The run took longer than the recipe allows.',
      operator: ONCE_MORE,
      engineer: 'Try again; raise the time limit of the recipe if boards are slow.',
    },
  },
);

/** A person decides: the board is left as it was. */
const HOLDS = ending(
  { outcome: 'ABORTED', exit: 'refusedByPolicy' },
  {
    'identity-held': {
      means: 'The chip differs, and the recipe asks for a decision.',
      operator: QUALITY_BOX,
      engineer: 'Quality decides on the page of the board; its flash was not touched.',
    },
    'cohort-held': {
      means: 'The board is unlike its lot, the second in a row, and the recipe asks for a decision.',
      operator: QUALITY_BOX,
      engineer: 'Quality decides about the board, or about its lot with POST /lots/:lot/decision.',
    },
    'record-held': {
      means: 'The records contradict this board and need a decision.',
      operator: QUALITY_BOX,
      engineer: 'Quality decides on the page of the board.',
    },
    'record-refused': {
      means: 'The records contradict this board, and the recipe or a person refused it.',
      operator: RED_BOX,
      engineer: 'The page of the board shows the decision.',
    },
    'passed-already': {
      means: 'The board has passed in this order, and nobody asked for another test.',
      operator: 'This board has passed. Put it with the good boards.',
      engineer: 'Send "again" with a reason to test it again.',
    },
    'image-does-not-fit': {
      status: 409,
      exit: 'wrongUsage',
      means: 'The image, or what the recipe adds, has no place on the chip.',
      operator: CALL_ENGINEER,
      engineer: 'Build the image for this chip, or correct the recipe.',
    },
    'unknown-part': {
      means: 'The part is not known, and nobody stated which one is right.',
      operator: QUALITY_BOX,
      engineer: 'State the part in the recipe or in the order.',
    },
  },
);

const STOPS = ending(
  { outcome: 'ABORTED', exit: 'interrupted' },
  {
    cancelled: {
      status: 409,
      retryable: true,
      means: 'A person stopped it.',
      operator: SEAT_AND_SCAN,
      engineer: 'Flash the board again before it is used.',
    },
  },
);

/** Why a run ended as it did: stable words that scripts and reports may rely on. */
export const RUN_ROWS = { ...FAILS, ...ERRORS, ...TIMEOUTS, ...HOLDS, ...STOPS };
export type RunReason = keyof typeof RUN_ROWS;
/** The reasons for which a board is left as it was until a person decides. */
export type HoldReason = keyof typeof HOLDS;
