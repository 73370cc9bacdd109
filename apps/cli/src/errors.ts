import { RefusalError, type RefusalCode } from '@boardwalk/contracts';

export { EXIT, type ExitCode } from '@boardwalk/contracts';

/** A command that cannot go on, in one sentence; its exit code is that of its row in the table of refusals. */
export class CommandError extends RefusalError {
  constructor(code: RefusalCode, message: string, remedy?: string | null, options?: ErrorOptions) {
    super(code, message, { remedy, cause: options?.cause });
    this.name = 'CommandError';
  }
}
