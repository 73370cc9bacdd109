import type {
  Assessment,
  Identity,
  Outcome,
  Recipe,
  RunProgress,
  StepRecord,
  VerifyProof,
  HoldReason,
} from '@boardwalk/contracts';
import type { Image } from '@boardwalk/flash';

/** One execution of a recipe on the board in a slot, asked for. */
export interface RunRequest {
  readonly runId: string;
  readonly jobId: string;
  readonly recipe: Pick<Recipe, 'name' | 'revision' | 'steps' | 'timeoutSeconds'> &
    Partial<Pick<Recipe, 'part' | 'allowBeyondStated'>>;
  readonly image: Image;
  readonly imageSha256: string;
  readonly serial: string | null;
}

/** The board is left as it was: the run ends ABORTED with this reason. */
export interface Hold {
  readonly reason: HoldReason;
  readonly detail: string;
  readonly remedy: string;
}

/** What the records say about an identified board: nothing, a hold, or one sentence for the step's record. */
export type IdentifiedAnswer = void | { readonly hold: Hold } | { readonly finding: string };

/** Who is told what a run does. The engine waits for `step` and `identified`: what is shown was committed. */
export interface RunSink {
  step(record: StepRecord): Promise<void>;
  progress(progress: RunProgress): void;
  /**
   * What the chip is, read before anything is erased, programmed or protected, also where the recipe does not identify
   * it that early. A chip that shows no unique id comes with `uid: null`. Called again by each later identify step.
   */
  identified(identity: Identity, assessment: Assessment): Promise<IdentifiedAnswer>;
  /** How the run ended. The slot shows it only after this: what is shown was committed. */
  ended(result: RunResult): Promise<void>;
  /** The bytes of a dump that the recipe keeps; `sha256` is theirs. */
  dumped(bytes: Uint8Array, sha256: string): Promise<void>;
}

/** A sink that ignores everything. Spread it and override what you need. */
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
