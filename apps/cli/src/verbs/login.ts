import { type GivenToken, type Me, type Problem, type Session, refusalCodeOf } from '@boardwalk/contracts';
import { Command } from 'commander';
import { dataFolder } from '../data-folder.ts';
import { CommandError, EXIT, PassedOn, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';
import { secretLine } from '../secret-line.ts';
import { forgetLogin, keepLogin, keptLogin, stationUrl, type KeptLogin } from '../station-login.ts';

interface LoginOptions {
  readonly url?: string;
  readonly badge?: boolean;
  readonly token?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  boardwalk login eva
  boardwalk login --badge
  boardwalk login --token < token-of-the-mes
  BOARDWALK_TOKEN=bwt_… boardwalk jobs      for scripts, without a login

The login is kept in ~/.config/boardwalk/logins.json for this user alone, until it expires or "boardwalk logout".`;

/** `boardwalk login`: who this user is at a station, for the verbs that go through it. */
export function login(finish: (code: ExitCode) => void): Command {
  return new Command('login')
    .description('log in at a station with an account; its verbs then use that login')
    .argument('[name]', 'the account; its password is read from stdin')
    .option('--badge', 'read a badge from stdin instead of a password')
    .option('--token', 'read a token that an admin gave from stdin')
    .option('--url <url>', 'the station (default: the one that has the data folder open)')
    .option('--json', 'one JSON document on stdout')
    .addHelpText('after', EXAMPLES)
    .action(async (name: string | undefined, options: LoginOptions) => {
      const url = stationUrl(options.url, dataFolder().folder);
      const kept = options.token ? await byToken(url) : await bySecret(url, name, options);
      const file = keepLogin(url, kept);
      const output = new Output(options.json ?? false);
      const until = kept.expiresAt === null ? '' : ` until ${kept.expiresAt}`;
      output.say(`You are ${kept.account} at ${url}${until}. The login is in ${file}.`);
      output.document({ url, account: kept.account, expiresAt: kept.expiresAt, file });
      finish(EXIT.pass);
    });
}

/** `boardwalk logout`: ends the login at the station and forgets it. */
export function logout(finish: (code: ExitCode) => void): Command {
  return new Command('logout')
    .description('end the login that "boardwalk login" made')
    .option('--url <url>', 'the station (default: the one that has the data folder open)')
    .option('--json', 'one JSON document on stdout')
    .action(async (options: LoginOptions) => {
      const url = stationUrl(options.url, dataFolder().folder);
      const kept = keptLogin(url);
      // A token that an admin gave is no login: it goes on, and is forgotten here.
      if (kept) await ask(url, 'DELETE', '/sessions/current', kept.token).catch(() => undefined);
      forgetLogin(url);
      const output = new Output(options.json ?? false);
      output.say(kept ? `${kept.account} is logged out at ${url}.` : `Nobody was logged in at ${url}.`);
      output.document({ url, account: kept?.account ?? null });
      finish(EXIT.pass);
    });
}

async function bySecret(url: string, name: string | undefined, { badge }: LoginOptions): Promise<KeptLogin> {
  if ((name === undefined) !== (badge === true)) {
    throw new CommandError('cli.login', {});
  }
  const secret = await secretLine(badge ? 'Badge: ' : 'Password: ');
  const body = badge ? { badge: secret } : { name, password: secret };
  return ask<Session>(url, 'POST', '/sessions', null, body);
}

async function byToken(url: string): Promise<KeptLogin> {
  const token: GivenToken['token'] = (await secretLine('Token: ')).trim();
  const { account } = await ask<Me>(url, 'GET', '/sessions/current', token);
  return { token, account, expiresAt: null };
}

/** @throws CommandError with what the station says */
async function ask<Body>(
  url: string,
  method: string,
  path: string,
  token: string | null,
  body?: unknown,
): Promise<Body> {
  const headers = {
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${url}/api/v1${path}`, { method, headers, ...sent }).catch((cause: unknown) => {
    throw new CommandError('cli.no_station:silent', { url }, cause);
  });
  const text = await answer.text();
  if (answer.ok) return (text === '' ? undefined : JSON.parse(text)) as Body;
  const { detail, code } = JSON.parse(text) as Problem;
  throw new PassedOn(refusalCodeOf(code) ?? 'refused', detail, null);
}
