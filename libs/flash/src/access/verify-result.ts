import type { ProofMethod, VerifyMethod } from '@boardwalk/contracts';

export type { VerifyMethod };

/** Where flash and image part. */
export interface Mismatch {
  readonly address: number;
  readonly expected: number;
  readonly actual: number;
}

/** What was proved about the flash, how, and over which ranges. */
export interface VerifyResult {
  readonly method: ProofMethod;
  readonly ranges: readonly {
    readonly address: number;
    readonly sizeBytes: number;
    readonly sha256: string;
  }[];
  /** Pages that crossed SWD beside a digest and agreed. */
  readonly sampledPages: number;
  readonly mismatch: Mismatch | null;
}
