import { RefusalError, type RefusalDetails } from '@boardwalk/contracts';

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

/** An operation on the records of a station that is not possible. */
export class RecordsError extends RefusalError<RecordsErrorCode> {
  declare readonly remedy: string;
  constructor(
    code: RecordsErrorCode,
    message: string,
    remedy?: string,
    details?: Omit<RefusalDetails, 'remedy'>,
  ) {
    super(code, message, { ...details, remedy });
    this.name = 'RecordsError';
  }
}
