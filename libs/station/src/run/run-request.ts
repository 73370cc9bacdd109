import type {
  Assessment,
  Identity,
  Outcome,
  Recipe,
  RunProgress,
  StepRecord,
  VerifyProof,
} from '@boardwalk/contracts';
import type { Image } from '@boardwalk/flash';

/** One execution of a recipe on the board in a slot, asked for. */
export interface RunRequest {
  readonly runId: string;
  readonly jobId: string;
  readonly recipe: Pick<Recipe, 'name' | 'revision' | 'steps' | 'timeoutSeconds'>;
  readonly image: Image;
  readonly imageSha256: string;
  readonly serial: string | null;
  /** Unique ids of other boards in the record, for the finding that one repeats. */
  readonly seenUids?: ReadonlySet<string>;
}

/** Who is told what a run does. The engine waits for `step` and `identified`: what is shown was committed. */
export interface RunSink {
  step(record: StepRecord): Promise<void>;
  progress(progress: RunProgress): void;
  identified(identity: Identity, assessment: Assessment): Promise<void>;
  /** How the run ended. The slot shows it only after this: what is shown was committed. */
  ended(result: RunResult): Promise<void>;
  /** The bytes of a dump that the recipe keeps; `sha256` is theirs. */
  dumped(bytes: Uint8Array, sha256: string): Promise<void>;
}

/** Tells nobody: what whoever watches a part of a run starts from. */
export const UNWATCHED: RunSink = {
  step: async () => undefined,
  progress: () => undefined,
  identified: async () => undefined,
  dumped: async () => undefined,
  ended: async () => undefined,
};

/** What a run found out and how it ended. */
export interface RunResult {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly remedy: string | null;
  readonly steps: readonly StepRecord[];
  readonly identity: Identity | null;
  readonly assessment: Assessment | null;
  readonly targetVoltage: number | null;
  readonly dumpBeforeSha256: string | null;
  readonly dumpAfterSha256: string | null;
  /** Why a dump hash is null, e.g. `read-protected`. */
  readonly dumpNote: string | null;
  readonly verify: VerifyProof | null;
  readonly probeSerial: string | null;
  readonly probeFirmware: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
}
