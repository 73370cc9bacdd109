import { AccountName, BadgeCode, Password, Role, type Account } from '@boardwalk/contracts';
import { AccountRegister, badgeDigest, migrate, passwordHash, type Author } from '@boardwalk/records';
import { makeDataDirectory } from '@boardwalk/station';
import Sqlite from 'better-sqlite3';
import { Command, InvalidArgumentError, Option } from 'commander';
import { dirname } from 'node:path';
import { userInfo } from 'node:os';
import { wholeNumber } from '../arguments.ts';
import { dataFolder } from '../data-folder.ts';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';
import { secretLine } from '../secret-line.ts';

interface Common {
  json?: boolean;
  reason?: string;
}

/** `boardwalk account`: who may do what at this station. Works next to a running station, which sees it at once. */
export function account(finish: (code: ExitCode) => void): Command {
  return new Command('account')
    .description('add, list or revoke accounts; needs no station, and works beside a running one')
    .addCommand(add(finish))
    .addCommand(token(finish))
    .addCommand(list(finish))
    .addCommand(revoke(finish));
}

function add(finish: (code: ExitCode) => void): Command {
  return new Command('add')
    .description('add an account and print its bearer token, once')
    .argument('<name>', 'what the record calls it; never used twice', accountName)
    .addOption(new Option('--role <role>', 'what it may do').choices(Role.options).makeOptionMandatory())
    .option('--days <n>', 'its token ends after so many days (default: never)', wholeNumber)
    .option('--badge <code>', 'what the scanner reads from the badge; - reads it from stdin')
    .option('--password', 'read a password from stdin, for logins without a badge')
    .option('--reason <text>', 'why, for the record')
    .option('--json', 'one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExamples:\n  boardwalk account add chief --role admin\n  boardwalk account add olga --role operator --badge OP-004711',
    )
    .action(async (name: string, options: AddOptions) => {
      const { role, badge, password } = options;
      const badgeCode = badge === '-' ? await secretLine('Badge: ') : badge;
      if (!BadgeCode.optional().safeParse(badgeCode).success) throw new CommandError('cli.secret:badge', {});
      const word = password ? await secretLine('Password: ') : undefined;
      if (!Password.optional().safeParse(word).success) throw new CommandError('cli.secret:password', {});
      await withRegister(async (register) => {
        const given = register.addWithToken(
          {
            ...{ name, role },
            badgeHash:
              badgeCode === undefined ? undefined : await badgeDigest(badgeCode, register.badgeSalt()),
            passwordHash: word === undefined ? undefined : await passwordHash(word),
          },
          endOf(options.days),
          author(options),
        );
        tell(given, name, role, options);
      });
      finish(EXIT.pass);
    });
}

interface AddOptions extends Common {
  role: Role;
  days?: number;
  badge?: string;
  password?: boolean;
}

function token(finish: (code: ExitCode) => void): Command {
  return new Command('token')
    .description('print another bearer token for an account, once; those it has still hold')
    .argument('<name>', 'the account')
    .option('--days <n>', 'the token ends after so many days (default: never)', wholeNumber)
    .option('--reason <text>', 'why, for the record')
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string, options: Common & { days?: number }) => {
      await withRegister((register) => {
        const given = register.addToken(name, endOf(options.days), author(options));
        tell(given, name, register.get(name)!.role, options);
      });
      finish(EXIT.pass);
    });
}

function list(finish: (code: ExitCode) => void): Command {
  return new Command('list')
    .description('every account, with how it comes in')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: Common) => {
      const output = new Output(options.json ?? false);
      await withRegister((register) => {
        const accounts = register.list();
        for (const one of accounts) output.say(inWords(one));
        if (accounts.length === 0) output.say('There are no accounts; the start token alone lets in.');
        output.document({ accounts });
      });
      finish(EXIT.pass);
    });
}

function revoke(finish: (code: ExitCode) => void): Command {
  return new Command('revoke')
    .description('end an account with its tokens, sessions, badge and password')
    .argument('<name>', 'the account')
    .option('--reason <text>', 'why, for the record')
    .option('--json', 'one JSON document on stdout')
    .action(async (name: string, options: Common) => {
      const output = new Output(options.json ?? false);
      await withRegister((register) => {
        register.revoke(name, author(options));
        output.say(`${name} is revoked; nothing it was let in with holds any more.`);
        output.document({ account: register.get(name) });
      });
      finish(EXIT.pass);
    });
}

/** The register of the data folder's database, made when it is not there yet. */
async function withRegister(work: (register: AccountRegister) => Promise<void> | void): Promise<void> {
  const { databaseFile } = dataFolder();
  makeDataDirectory(dirname(databaseFile));
  migrate(databaseFile);
  const database = new Sqlite(databaseFile, { timeout: 5000 });
  try {
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    await work(new AccountRegister(database));
  } finally {
    database.close();
  }
}

function tell(given: string, name: string, role: Role, options: Common & { days?: number }): void {
  const output = new Output(options.json ?? false);
  output.note(`The token of ${name} (${role}); it is shown this once:`);
  output.say(given);
  output.document({ account: name, role, token: given, expiresAt: endOf(options.days) });
}

function inWords({ name, role, revokedAt, badge, password, tokens }: Account): string {
  const ways = [
    `${tokens} token${tokens === 1 ? '' : 's'}`,
    ...(badge ? ['badge'] : []),
    ...(password ? ['password'] : []),
  ];
  return `${name}  ${role}  ${revokedAt ? `revoked ${revokedAt}` : ways.join(', ')}`;
}

/** The actor is the user of the operating system, who may write the file. */
function author({ reason }: Common): Author {
  return { actor: `host:${userInfo().username}`, role: 'host', reason: reason ?? null };
}

function accountName(text: string): string {
  const parsed = AccountName.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(`Take ${parsed.error.issues[0]!.message}.`);
  return text;
}

function endOf(days: number | undefined): string | null {
  return days === undefined ? null : new Date(Date.now() + days * 86_400_000).toISOString();
}
