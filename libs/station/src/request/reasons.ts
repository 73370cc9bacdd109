import { RefusalError, type RefusalCode, type RunReason } from '@boardwalk/contracts';

/** The failure of a step: thrown inside it, turned into the end of the run. */
export class StepFailure extends RefusalError {
  constructor(
    readonly reason: RunReason,
    message: string,
    remedy: string | null,
    /** The code in the record of the step; null: the reason says it all. */
    readonly stepCode: RefusalCode | null = null,
    options?: ErrorOptions,
  ) {
    super(stepCode ?? reason, message, { remedy, cause: options?.cause });
    this.name = 'StepFailure';
  }
}
