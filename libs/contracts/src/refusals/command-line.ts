import { CALL_ENGINEER } from './operator-words.ts';
import { rows } from './row.ts';

/** What the command line and the start of a station refuse; no request is answered so. */
export const COMMAND_ROWS = rows(
  { status: null, retryable: false, exit: 'wrongUsage', operator: CALL_ENGINEER },
  {
    'cli.environment': { means: 'A variable is not valid.', engineer: 'Correct the variable.' },
    'cli.range': { means: 'The range is not in flash.', engineer: 'Check --range, --from and --bytes.' },
    'cli.not_agreed': {
      exit: 'refusedByPolicy',
      means: 'Nobody agreed to a step that cannot be undone.',
      engineer: 'Add --yes to continue.',
    },
    'cli.unprotect': {
      exit: 'refusedByPolicy',
      means: 'Removing read protection erases the flash, and nobody agreed to that.',
      engineer: 'Answer y, or add --yes.',
    },
    'cli.option_byte': { means: 'The option is not valid.', engineer: 'See "boardwalk options --help".' },
    'cli.filter': { means: 'A filter is not valid.', engineer: 'See --help of the command.' },
    'cli.certificate': {
      means: 'The file is no certificate.',
      engineer: 'Name the JSON that GET /boards/ID/certificate answered.',
    },
    'cli.certificate_key': {
      means: 'The file or the data folder has no public key of a station.',
      engineer: 'Write it at the station with "boardwalk certificate key --out FILE".',
    },
    'cli.secret': { means: 'The secret is not valid.', engineer: 'Enter another one.' },
    'cli.login': { means: 'A name is missing.', engineer: 'Write "boardwalk login NAME".' },
    'cli.no_login': {
      exit: 'refusedByPolicy',
      means: 'You are not logged in at this station.',
      engineer: 'Log in with "boardwalk login", or set BOARDWALK_TOKEN.',
    },
    'cli.no_station': {
      exit: 'stationFailed',
      means: 'The station cannot be reached.',
      engineer: 'Start it with "boardwalk serve", or name it with --url.',
    },
    'cli.file': { means: 'The file cannot be read.', engineer: 'Check the path.' },
    'file-not-written': {
      exit: 'stationFailed',
      means: 'The file cannot be written.',
      engineer: 'Check the folder and the disk.',
    },
    'cli.data': {
      exit: 'stationFailed',
      means: 'The data folder cannot be written.',
      engineer: 'Make it writable, or set BOARDWALK_DATA.',
    },
    'cli.no_probe': {
      exit: 'stationFailed',
      means: 'No ST-LINK is on USB.',
      engineer: 'Plug one in, or use the virtual bench with --bench virtual.',
    },
    'cli.ambiguous': {
      means: 'More than one probe fits.',
      engineer: 'Select with --slot, --port, --serial or --all.',
    },
    'cli.unknown_probe': { means: 'No probe has this name.', engineer: 'The message lists the probes.' },
    'cli.peers': {
      exit: 'stationFailed',
      means: 'OpenOCD and st-flash could not be measured.',
      engineer: 'Install the packages of test/vm/apt-packages.txt, and try "npm run test:vm".',
    },
    'cli.internal': {
      exit: 'stationFailed',
      means: 'The command failed.',
      engineer: 'Report the defect with this message.',
    },
    'setting-invalid': { means: 'A setting of the station is not valid.', engineer: 'Correct the variable.' },
    'network-needs-admin': {
      exit: 'refusedByPolicy',
      means: 'The station would be open to the network without an admin account.',
      engineer: 'Make one with: boardwalk account add NAME --role admin',
    },
    'port-unusable': {
      exit: 'stationFailed',
      means: 'The port cannot be opened.',
      engineer: 'Stop the program that uses it, or set BOARDWALK_PORT to another.',
    },
  },
);
