import { protect as setProtection, unprotect as liftProtection } from '@boardwalk/flash';
import { Command } from 'commander';
import { createInterface } from 'node:readline/promises';
import { CommandError, EXIT, type ExitCode } from '../errors.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

/** `boardwalk protect`: read-out protection, with its proof. */
export function protect(finish: (code: ExitCode) => void): Command {
  const command = new Command('protect')
    .description('set read-out protection, and prove that flash cannot be read any more')
    .addHelpText('after', '\nExample:\n  boardwalk protect --slot 2\n\nLifting it again erases the flash.');
  return probeVerb(command, 'changes', finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      await setProtection(target);
      context.output.say(`${context.label}Protected: the chip says so, and a read of flash fails.`);
      return { exitCode: EXIT.pass, fields: { protected: true } };
    }),
  );
}

/** `boardwalk unprotect`: erases, therefore it asks. */
export function unprotect(finish: (code: ExitCode) => void): Command {
  const command = new Command('unprotect')
    .description('lift read-out protection, which ERASES THE WHOLE FLASH; asks unless --yes')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  boardwalk unprotect --slot 2 --yes');
  command.hook('preAction', async () => {
    if (!command.opts<{ yes?: boolean }>().yes) await askOrRefuse();
  });
  return probeVerb(command, 'changes', finish, (chosen, context) =>
    withTarget(chosen, context, async (target) => {
      await liftProtection(target);
      context.output.say(`${context.label}Unprotected: flash is erased and reads blank.`);
      return { exitCode: EXIT.pass, fields: { protected: false } };
    }),
  );
}

/** @throws CommandError (exit 4) when nobody is there to answer, or says no */
async function askOrRefuse(): Promise<void> {
  if (!process.stdin.isTTY) throw new CommandError('cli.unprotect:nobody', {});
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await lines.question('Lifting read protection erases the whole flash. Go on? [y/N] ');
  lines.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('cli.unprotect', {});
}
