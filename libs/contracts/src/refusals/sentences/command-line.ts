/** The command line. */
const CLI_SENTENCES = {
  'cli.environment': ['{name} is "{value}": {why}.'],
  'cli.data': ['The data folder {folder} cannot be written.', 'Make it writable, or set BOARDWALK_DATA.'],
  'cli.file': ['There is no file {file}.'],
  'cli.file:unreadable': ['The file {file} cannot be read.'],
  'file-not-written': ['The file {file} cannot be written.'],
  'cli.range': ['The range lies outside this target’s flash.', 'Check --range.'],
  'cli.range:empty': ['There is nothing to dump: --bytes is 0.', 'Say how many with --bytes.'],
  'cli.range:outside': ['{address} lies outside flash.', 'Say how many with --bytes.'],
  'cli.not_agreed': ['Nothing was restored.', 'Say --yes to go on.'],
  'cli.unprotect': ['Nothing was changed.', 'Answer y, or give --yes.'],
  'cli.unprotect:nobody': [
    'Lifting read protection erases the whole flash. Nobody is here to be asked.',
    'Give --yes if that is meant.',
  ],
  'cli.option_byte': ['"{operand}": there is no option "{name}".', 'Options: {names}.'],
  'cli.option_byte:value': [
    '"{operand}": {name} takes 0 to {most}.',
    'Write it as NAME=VALUE, decimal or 0x hex.',
  ],
  'cli.filter:no-value': [
    'The filter "{filter}" has no value.',
    'Write it as NAME=VALUE, such as outcome=FAIL.',
  ],
  'cli.certificate': ['The file {file} is no JSON.'],
  'cli.certificate_key': ['The file {file} has no Ed25519 public key in PEM.'],
  'cli.certificate_key:none': [
    'The data folder {folder} has no key of a station.',
    'Start the station once, it makes the key; or set BOARDWALK_DATA.',
  ],
  'cli.secret:badge': ['A badge has 6 to 200 characters.'],
  'cli.secret:password': ['A password has 10 to 200 characters.'],
  'cli.login': ['A login takes the name of an account, or --badge.'],
  'cli.no_login': ['You are not logged in at {url}.'],
  'cli.no_station': ['No station has the data folder {folder} open.'],
  'cli.no_station:silent': ['The station at {url} cannot be reached.', 'Check the URL and the network.'],
  'cli.no_probe': [
    'No ST-LINK is on USB.',
    'Plug one in, or work on the virtual bench with --bench virtual.',
  ],
  'cli.ambiguous': [
    'There are {count} probes, and none was named.',
    'Select with --slot, --port, --serial or --all. {probes}',
  ],
  'cli.ambiguous:changes': [
    'There are {count} probes, and this command changes the board. Nothing was done.',
    'Select with --slot, --port, --serial or --all. {probes}',
  ],
  'cli.ambiguous:serial': [
    '{count} probes answer to "{name}": a serial that is not unique names nobody.',
    'Use --port. {probes}',
  ],
  'cli.unknown_probe': ['There is no probe "{name}".', '{probes}'],
  'cli.peers': ['OpenOCD and st-flash could not be measured. {why}'],
  'target.none:volts': ['{volts} at the target, and no chip answers. {why}', '{remedy}'],
} as const;

/** The start of a station. */
const START_SENTENCES = {
  'setting-invalid': ['{name} is "{value}": {why}.', null],
  'setting-invalid:database': [
    'BOARDWALK_DATABASE_URL is not a file: URL. Only file: databases are supported so far.',
    'Correct it, or leave it out.',
  ],
  'data-read-only:folder': [
    'The data folder {folder} cannot be written.',
    'Make it writable, or set BOARDWALK_DATA.',
  ],
  'network-needs-admin': [
    'BOARDWALK_HOST {host} opens the station to the network, and no admin account exists.',
  ],
  'port-unusable': ['Port {port} is taken.', 'Stop the other program, or set BOARDWALK_PORT.'],
  'port-unusable:rights': [
    'Port {port} needs rights that this user does not have.',
    'Set BOARDWALK_PORT above 1023.',
  ],
} as const;

/** `code` or `code:case` → the sentence, and the next step where the table has none so good. */
export const COMMAND_SENTENCES = { ...CLI_SENTENCES, ...START_SENTENCES } as const;
