import {
  RefusalError,
  said,
  type CodeOf,
  type Params,
  type RefusalCode,
  type RunReason,
  type SentenceKey,
  type ValuesOf,
} from '@boardwalk/contracts';

/** The keys of the sentences about the end of a run. */
export type RunSentence<Reason extends RunReason = RunReason> = {
  [Key in SentenceKey]: CodeOf<Key> extends Reason ? Key : never;
}[SentenceKey];

interface Words {
  readonly message: string;
  readonly remedy: string | null;
  readonly params?: Params;
}

/** What a failure came from. */
export interface Origin {
  /** The code in the record of the step; absent: the reason says it all. */
  readonly stepCode?: RefusalCode | null;
  readonly cause?: unknown;
}

/** The failure of a step: thrown inside it, turned into the end of the run. */
export class StepFailure extends RefusalError {
  readonly stepCode: RefusalCode | null;

  constructor(
    readonly reason: RunReason,
    { message, remedy, params = {} }: Words,
    { stepCode = null, cause }: Origin = {},
  ) {
    super(stepCode ?? reason, message, { params, remedy, cause });
    this.name = 'StepFailure';
    this.stepCode = stepCode;
  }
}

/** The failure of a step in the words of the table. */
export function stepFailure<const Key extends RunSentence>(
  key: Key,
  values: ValuesOf<Key>,
  origin: Origin = {},
): StepFailure {
  const { code, ...words } = said(key, values);
  return new StepFailure(code, words, origin);
}
