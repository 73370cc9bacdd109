import { FlashError, ImageError, type FlashErrorCode } from '@boardwalk/flash';
import { ProbeError } from '@boardwalk/debug';
import { RecordsError, type RecordsErrorCode } from '@boardwalk/records';
import { StationError } from '@boardwalk/station';
import { CommandError, EXIT, type ExitCode } from './errors.ts';

/** A failure for a person: one sentence, what to do, and the exit code. */
export interface Explained {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
}

/** Any error as an exit code and a sentence; nobody sees a stack. */
export function explain(cause: unknown): Explained {
  if (cause instanceof CommandError) return cause;
  if (cause instanceof ImageError)
    return { exitCode: EXIT.wrongUsage, code: cause.code, message: cause.message, remedy: cause.remedy };
  if (cause instanceof FlashError)
    return {
      exitCode: FLASH_EXITS[cause.code] ?? EXIT.boardFailed,
      code: cause.code,
      message: cause.message,
      remedy: cause.remedy,
    };
  if (cause instanceof ProbeError) {
    const exitCode = cause.code === 'cancelled' ? EXIT.interrupted : EXIT.stationFailed;
    return { exitCode, code: cause.code, message: cause.message, remedy: cause.remedy };
  }
  if (cause instanceof StationError)
    return { exitCode: EXIT.stationFailed, code: cause.code, message: cause.message, remedy: cause.remedy };
  if (cause instanceof RecordsError) {
    const exitCode = RECORDS_EXITS[cause.code] ?? EXIT.stationFailed;
    return { exitCode, code: cause.code, message: cause.message, remedy: cause.remedy };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { exitCode: EXIT.stationFailed, code: 'cli.internal', message, remedy: null };
}

/** The rest is the station's: exit 2. */
const RECORDS_EXITS: Readonly<Partial<Record<RecordsErrorCode, ExitCode>>> = {
  'records.account_exists': EXIT.wrongUsage,
  'records.no_account': EXIT.wrongUsage,
  'records.account_revoked': EXIT.wrongUsage,
  'records.badge_taken': EXIT.wrongUsage,
  'records.badge_refused': EXIT.refusedByPolicy,
  'records.exists': EXIT.wrongUsage,
  'records.open': EXIT.wrongUsage,
  'records.backup_schema': EXIT.refusedByPolicy,
  'records.backup_changed': EXIT.refusedByPolicy,
  'records.no_target': EXIT.wrongUsage,
};

/** The rest is the board's: exit 1. */
const FLASH_EXITS: Readonly<Partial<Record<FlashErrorCode, ExitCode>>> = {
  'flash.cancelled': EXIT.interrupted,
  'flash.outside': EXIT.wrongUsage,
  'flash.wrong_image': EXIT.wrongUsage,
  'flash.unknown_family': EXIT.refusedByPolicy,
  'flash.no_option': EXIT.wrongUsage,
  'flash.permanent': EXIT.refusedByPolicy,
  'flash.reads_unstable': EXIT.stationFailed,
};
