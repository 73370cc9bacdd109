import type { Assessment, Identity, Measurement, VerifyProof } from '@boardwalk/contracts';
import type { FlashAccess, FlashGeometry, FlashPlan, FlashProgress } from '@boardwalk/flash';
import type { LinkClock } from '@boardwalk/debug';
import type { BoardLink } from '../link/board-link.ts';
import type { BoardUsb } from './board-usb.ts';
import type { RunRequest } from '../request/run-request.ts';

/** What the steps of one run hand on to each other. */
export interface RunFacts {
  underReset: boolean;
  /** The board was let run for good: another reset would make it start anew. */
  running: boolean;
  targetVoltage: number | null;
  identity: Identity | null;
  assessment: Assessment | null;
  geometry: FlashGeometry | null;
  flash: FlashAccess | null;
  plan: FlashPlan | null;
  flashTouched: boolean;
  /** The pages that hold the image or nothing, once an erase step has answered for them. */
  ownPages: readonly number[] | null;
  dumpBeforeSha256: string | null;
  dumpAfterSha256: string | null;
  dumpNote: string | null;
  verify: VerifyProof | null;
}

/** What a step works with. */
export interface StepContext {
  readonly request: RunRequest;
  readonly link: BoardLink;
  readonly facts: RunFacts;
  /** The time of the link: what a step waits in. */
  readonly clock: LinkClock;
  readonly boardUsb: BoardUsb;
  readonly signal: AbortSignal;
  /** The recipe reads the identity before anything on the board is changed. */
  readonly identifiesInTime: boolean;
  /** What broke off this step at its last try; null at the first. */
  readonly brokenOff: Error | null;
  readonly onProgress: (progress: Pick<FlashProgress, 'doneBytes' | 'totalBytes'>) => void;
  /**
   * Asks the records about the identified board; resolves with what they say, one sentence or nothing.
   * @throws StepFailure when they hold it
   */
  readonly onIdentified: (identity: Identity, assessment: Assessment) => Promise<string>;
  readonly onDumped: (bytes: Uint8Array, sha256: string) => Promise<void>;
}

/** What a step says when it passed. */
export interface StepWords {
  readonly detail: string;
  readonly measurements?: readonly Measurement[];
}

export function newFacts(): RunFacts {
  return {
    underReset: false,
    running: false,
    targetVoltage: null,
    identity: null,
    assessment: null,
    geometry: null,
    flash: null,
    plan: null,
    flashTouched: false,
    ownPages: null,
    dumpBeforeSha256: null,
    dumpAfterSha256: null,
    dumpNote: null,
    verify: null,
  };
}
