import { CALL_ENGINEER } from './operator-words.ts';
import { rows } from './row.ts';

/** About the file of data, its backups and its chain: what the command line reads and writes. */
export const RECORDS_ROWS = rows(
  { status: null, retryable: false, exit: 'stationFailed', operator: CALL_ENGINEER },
  {
    'records.no_file': { means: 'The file does not exist.', engineer: 'Check the path.' },
    'records.unreadable': {
      means: 'The file is not a readable database.',
      engineer: 'Name the boardwalk.db of a data folder, or a backup of it.',
    },
    'records.not_judged': {
      means: 'The file could not be checked, so nothing is known about it.',
      engineer: 'Correct what the message says, then check again.',
    },
    'records.anchors': {
      means: 'The file of anchors was changed or is damaged.',
      engineer: 'Copy the anchors from the log or from a backup, and name them with --anchors.',
    },
    'records.newer': {
      means: 'A newer version of Boardwalk made the file.',
      engineer: 'Install that version or a later one. This version would damage the file.',
    },
    'records.no_target': {
      exit: 'wrongUsage',
      means: 'No backup can be written to this folder.',
      engineer: 'Name a file in a folder that exists and can be written.',
    },
    'records.no_chain': {
      means: 'The file contains no events: it is not the database of a station.',
      engineer: 'Name the boardwalk.db of a data folder, or a backup of it.',
    },
    'records.damaged': {
      means: 'The database or the export is damaged.',
      engineer: 'Stop the station, then restore the last backup with: boardwalk restore FILE',
    },
    'records.not_a_backup': {
      means: 'The file is a database, but not a backup of a station.',
      engineer: 'Name a file that "boardwalk backup" wrote.',
    },
    'records.backup_damaged': { means: 'The backup is damaged.', engineer: 'Use an older backup.' },
    'records.backup_schema': {
      exit: 'refusedByPolicy',
      means: 'The tables of the backup are not those that Boardwalk makes.',
      engineer: 'Use an older backup, and find out who changed this one.',
    },
    'records.backup_changed': {
      exit: 'refusedByPolicy',
      means: 'The backup was changed after the station wrote it.',
      engineer: 'Use another backup.',
    },
    'records.open': {
      status: 409,
      answeredAs: 'wrong-state',
      exit: 'wrongUsage',
      means: 'The serial ranges are open already.',
      engineer: 'There is nothing to do.',
    },
    'records.exists': {
      exit: 'wrongUsage',
      means: 'The file exists already.',
      engineer: 'Name a file that does not exist yet.',
    },
  },
);
