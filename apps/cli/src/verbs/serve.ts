import { settings } from '@boardwalk/contracts';
import { Command } from 'commander';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ExitCode } from '../errors.ts';

/** `boardwalk serve`: what `npm start` runs, in a process of its own. */
export function serve(finish: (code: ExitCode) => void): Command {
  return new Command('serve')
    .description('open the station: what npm start runs')
    .addHelpText('after', () => `\nEnvironment:\n${settings().map(lineOf).join('\n')}\n${EXAMPLE}`)
    .action(async () => {
      const script = fileURLToPath(new URL('../../../../scripts/start.mjs', import.meta.url));
      const station = spawn(process.execPath, [script], { stdio: 'inherit' });
      // The terminal sends Ctrl-C to both; the station ends by itself.
      const ignore = (): void => undefined;
      process.on('SIGINT', ignore);
      const [code] = (await once(station, 'exit')) as [number | null];
      process.removeListener('SIGINT', ignore);
      finish((code ?? 2) as ExitCode);
    });
}

const NAME_WIDTH = 28;
const EXAMPLE = '\nExample:\n  BOARDWALK_RELEASE=two BOARDWALK_DATA=/srv/boardwalk boardwalk serve';

function lineOf({ name, meaning, choices, byDefault }: ReturnType<typeof settings>[number]): string {
  const which = choices.length > 0 ? ` (${choices.join(', ')})` : '';
  return `  ${name.padEnd(NAME_WIDTH)}${meaning}${which}${byDefault === null ? '' : `; ${byDefault} by default`}`;
}
