import { RefusalError, type RefusalCode, type RunReason } from '@boardwalk/contracts';

/** The failure of a step: thrown inside it, turned into the end of the run. */
export class StepFailure extends RefusalError {
  constructor(
    readonly reason: RunReason,
    message: string,
    remedy: string | null,
    /** Absent: the reason says it all. */
    code: RefusalCode = reason,
    options?: ErrorOptions,
  ) {
    super(code, message, { remedy, cause: options?.cause });
    this.name = 'StepFailure';
  }
}
