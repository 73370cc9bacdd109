import { EXIT, exitCodeOf, refusalOf } from '@boardwalk/contracts';
import { readConfiguration } from './settings/configuration.ts';
import { startStation, type RunningStation } from './start-station.ts';

function greet({ url, token, bench, slots }: RunningStation): void {
  const what =
    bench === 'virtual'
      ? `The bench is VIRTUAL: no ST-LINK is in use; ${slots} simulated boards stand in its sockets.`
      : `The bench is USB: ${slots} ST-LINK${slots === 1 ? '' : 's'} found.`;
  const link = token === null ? `${url}/` : `${url}/#token=${token}`;
  const login = token === null ? ' Log in with your account.' : '';
  console.log(`Boardwalk is open.\n${what}\n\n    ${link}\n\nCtrl-C ends it.${login}`);
}

/** What the station writes is for its own user alone. */
const PRIVATE_UMASK = 0o077;

async function main(): Promise<void> {
  process.umask(PRIVATE_UMASK);
  let station: RunningStation | null = null;
  let ending = false;
  const end = (signal: string): void => {
    // A second signal, or one while the station is still opening, ends at once.
    if (ending || !station) process.exit(130);
    ending = true;
    console.log(`\n${signal === 'SIGINT' ? 'Ctrl-C' : signal}: ending; boards at work are let go.`);
    station.close().then(
      () => process.exit(0),
      (cause: unknown) => {
        console.error(cause instanceof Error ? cause.message : String(cause));
        process.exit(EXIT.stationFailed);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  station = await startStation(readConfiguration(process.env));
  greet(station);
}

main().catch((cause: unknown) => {
  const refusal = refusalOf(cause);
  const message = cause instanceof Error ? cause.message : String(cause);
  console.error(refusal?.remedy ? `${message} ${refusal.remedy}` : message);
  process.exit(exitCodeOf(cause));
});
