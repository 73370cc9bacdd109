import { SERIES_NAMES } from '@boardwalk/series';
import { Command, CommanderError } from 'commander';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, type ExitCode } from './errors.ts';
import { explain } from './failures.ts';
import { account } from './verbs/account.ts';
import { audit } from './verbs/audit.ts';
import { backup } from './verbs/backup.ts';
import { bench } from './verbs/bench.ts';
import { certificate } from './verbs/certificate.ts';
import { doctor } from './verbs/doctor.ts';
import { dump } from './verbs/dump.ts';
import { erase } from './verbs/erase.ts';
import { flash } from './verbs/flash.ts';
import { identify } from './verbs/identify.ts';
import { LIST_VERBS } from './verbs/lists.ts';
import { login, logout } from './verbs/login.ts';
import { options } from './verbs/options.ts';
import { probes } from './verbs/probes.ts';
import { protect, unprotect } from './verbs/protect.ts';
import { reassess } from './verbs/reassess.ts';
import { record } from './verbs/record.ts';
import { report } from './verbs/report.ts';
import { reset } from './verbs/reset.ts';
import { restore } from './verbs/restore.ts';
import { serve } from './verbs/serve.ts';
import { verify } from './verbs/verify.ts';
import { virtual } from './verbs/virtual.ts';

/** Every verb. A new one is a file in verbs/ and its line here. */
const VERBS = [
  probes,
  identify,
  flash,
  verify,
  dump,
  erase,
  options,
  protect,
  unprotect,
  reset,
  virtual,
  serve,
  bench,
  account,
  login,
  logout,
  audit,
  backup,
  restore,
  record,
  reassess,
  certificate,
  report,
  ...LIST_VERBS,
  doctor,
];

const FOOTER = `
Examples:
  boardwalk probes
  boardwalk flash firmware.bin --slot 2
  boardwalk dump out.bin --bytes 131071 --slot 2

With more than one probe, a command that changes a board needs --slot, --port, --serial or --all.

Exit codes: 0 pass, 1 the board failed, 2 the station failed, 3 wrong usage or bad input file,
4 refused by policy, 130 interrupted.`;

/** Runs the command line; resolves with the exit code of the contract. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  outliveReaders();
  let exitCode: ExitCode = EXIT.pass;
  const finish = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = new Command('boardwalk')
    .description(`A production flashing station for boards with ${SERIES_NAMES} chips behind ST-LINK probes.`)
    .version(`boardwalk ${versionOf()}, Node ${process.versions.node}`, '-V, --version', 'print the version')
    .addHelpText('after', FOOTER)
    .showHelpAfterError('(see boardwalk --help)');
  for (const verb of VERBS) program.addCommand(verb(finish));
  throwInsteadOfExit(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (cause) {
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.pass : EXIT.wrongUsage;
    const { exitCode: code, message, remedy, code: name } = explain(cause);
    process.stderr.write(`${message}${remedy ? ` ${remedy}` : ''}\n`);
    if (argv.includes('--json'))
      process.stdout.write(`${JSON.stringify({ error: { code: name, message, remedy } }, null, 2)}\n`);
    return code;
  }
}

/** The reader of a pipe may leave first (`boardwalk runs | head`); the work on the boards goes on all the same. */
function outliveReaders(): void {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EPIPE') throw cause;
    });
}

function versionOf(): string {
  const manifest = join(import.meta.dirname, '../package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

/** A verb may have verbs of its own. */
function throwInsteadOfExit(command: Command): void {
  command.exitOverride();
  for (const part of command.commands) throwInsteadOfExit(part);
}
