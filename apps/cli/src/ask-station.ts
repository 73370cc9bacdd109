import { refusalCodeOf, type Problem } from '@boardwalk/contracts';
import { dataFolder } from './data-folder.ts';
import { CommandError, PassedOn } from './errors.ts';
import { stationToken, stationUrl } from './station-login.ts';

interface Question {
  /** After `/api/v1`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly accept?: 'application/json' | 'text/csv';
  /** The station; undefined: the one that has the data folder open. */
  readonly url?: string | undefined;
}

/** Asks a running station with this user's login. @returns the body of its answer @throws CommandError */
export async function askStation({
  path,
  query,
  accept = 'application/json',
  url: named,
}: Question): Promise<string> {
  const { folder } = dataFolder();
  const url = stationUrl(named, folder);
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const headers = { authorization: `Bearer ${stationToken(url, folder)}`, accept };
  const asked = `${url}/api/v1${path}?${new URLSearchParams(given).toString()}`;
  const answer = await fetch(asked, { headers }).catch((cause: unknown) => {
    throw new CommandError('cli.no_station:silent', { url }, cause);
  });
  const text = await answer.text();
  if (answer.ok) return text;
  const { detail, code } = JSON.parse(text) as Problem;
  throw new PassedOn(refusalCodeOf(code) ?? 'refused', detail, null);
}
