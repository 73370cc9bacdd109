import { RefusalError, said, type RefusalCode, type SentenceKey, type ValuesOf } from '@boardwalk/contracts';

export { EXIT, type ExitCode } from '@boardwalk/contracts';

/** A command that cannot go on, in one sentence; its exit code is that of its row in the table of refusals. */
export class CommandError<const Key extends SentenceKey = SentenceKey> extends RefusalError {
  constructor(key: Key, values: ValuesOf<Key>, cause?: unknown) {
    const { code, message, remedy, params } = said(key, values);
    super(code, message, { params, remedy, cause });
    this.name = 'CommandError';
  }
}

/** A refusal that was worded elsewhere: by a station, or in the record of a run. */
export class PassedOn extends RefusalError {
  constructor(code: RefusalCode, message: string, remedy: string | null) {
    super(code, message, { remedy });
    this.name = 'PassedOn';
  }
}
