import { settings } from '@boardwalk/contracts';
import { Command } from 'commander';

/** `boardwalk serve`: what `npm start` runs, in this process, so that a signal to the command reaches the station. */
export function serve(): Command {
  return new Command('serve')
    .description('open the station: what npm start runs')
    .addHelpText('after', () => `\nEnvironment:\n${settings().map(lineOf).join('\n')}\n${EXAMPLE}`)
    .action(async () => {
      await import(new URL('../../../../scripts/start.mjs', import.meta.url).href);
      // The station ends the process itself, with its own exit code.
      await new Promise<never>(() => undefined);
    });
}

const NAME_WIDTH = 28;
const EXAMPLE = '\nExample:\n  BOARDWALK_RELEASE=two BOARDWALK_DATA=/srv/boardwalk boardwalk serve';

function lineOf({ name, meaning, choices, byDefault }: ReturnType<typeof settings>[number]): string {
  const which = choices.length > 0 ? ` (${choices.join(', ')})` : '';
  return `  ${name.padEnd(NAME_WIDTH)}${meaning}${which}${byDefault === null ? '' : `; ${byDefault} by default`}`;
}
