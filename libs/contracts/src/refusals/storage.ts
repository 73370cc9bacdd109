import { CALL_ENGINEER, WAIT } from './operator-words.ts';
import { rows } from './row.ts';

/** About the disk and the database of the data folder: nothing is accepted that cannot be stored. */
export const STORAGE_ROWS = rows(
  { status: 503, retryable: true, exit: 'stationFailed', operator: CALL_ENGINEER },
  {
    'disk-full': {
      means: 'The disk of the data folder is full.',
      engineer: 'Free some space. The station continues by itself.',
    },
    'data-read-only': {
      means: 'The data folder cannot be written.',
      engineer:
        'Make it writable for the user of the station, or mount it again. The station continues by itself.',
    },
    'data-gone': {
      means: 'The database file is no longer at its path: the data folder was deleted, moved or replaced.',
      engineer:
        'Stop the station, put the folder back or restore a backup, start it again, and flash its last boards again.',
    },
    'database-locked': {
      means: 'Another program holds the database.',
      operator: WAIT,
      engineer: 'End the program that has boardwalk.db open for writing. The station continues by itself.',
    },
    'database-damaged': {
      retryable: false,
      means: 'The database file is damaged.',
      engineer:
        'Stop the station, check with "boardwalk doctor", and restore a backup with "boardwalk restore FILE".',
    },
    'disk-failing': {
      means: 'Reading from or writing to the disk of the data folder fails.',
      engineer: 'Check the disk and its cable. Make a backup with "boardwalk backup FILE".',
    },
    'not-stored': {
      means: 'The station could not store it; nothing was accepted.',
      operator: WAIT,
      engineer: 'Send the request again. If it fails again, read the log of the station.',
    },
  },
);
