export type RecordsErrorCode =
  | 'records.no_file'
  | 'records.unreadable'
  | 'records.not_judged'
  | 'records.anchors'
  | 'records.newer'
  | 'records.no_target'
  | 'records.no_chain'
  | 'records.damaged'
  | 'records.account_exists'
  | 'records.no_account'
  | 'records.account_revoked'
  | 'records.last_admin'
  | 'records.badge_taken'
  | 'records.badge_refused'
  | 'records.not_a_backup'
  | 'records.backup_damaged'
  | 'records.backup_schema'
  | 'records.backup_changed'
  | 'records.open'
  | 'records.exists';

/** What cannot be done with a station's records, in one sentence, and what to do. */
export class RecordsError extends Error {
  constructor(
    readonly code: RecordsErrorCode,
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RecordsError';
  }
}
