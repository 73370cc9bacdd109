import { Command, Option } from 'commander';
import { dataFolder } from '../data-folder.ts';
import type { Finding } from '../doctor/finding.ts';
import { checkDisk, checkFolder, checkNode, checkPort, checkStation } from '../doctor/host-checks.ts';
import { systemdService } from '../doctor/packaging.ts';
import { checkRecords } from '../doctor/records-checks.ts';
import { udevRule } from '../doctor/udev-rule.ts';
import { checkUsb } from '../doctor/usb-checks.ts';
import { readEnvironment } from '../environment.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

const PRINTED = { udev: udevRule, service: systemdService } as const;

/** `boardwalk doctor`: what is wrong with this host, and the fix as a command. Changes nothing. */
export function doctor(finish: (code: ExitCode) => void): Command {
  return new Command('doctor')
    .description(
      'what is wrong with this host, each with the command that mends it; exit 2 when something fails',
    )
    .addOption(
      new Option(
        '--print <what>',
        'print a file that this host may need: udev (lets this user open ST-LINKs) or service (systemd)',
      ).choices(Object.keys(PRINTED)),
    )
    .addOption(new Option('--udev', 'the same as --print udev'))
    .option('--json', 'one JSON document on stdout')
    .addHelpText(
      'after',
      '\nExample:\n  boardwalk doctor --json | jq ".findings[] | select(.state != \\"ok\\")"',
    )
    .action(async (options: { print?: keyof typeof PRINTED; udev?: boolean; json?: boolean }) => {
      const print = options.udev ? 'udev' : options.print;
      if (print) {
        process.stdout.write(PRINTED[print]());
        return finish(EXIT.pass);
      }
      const output = new Output(options.json ?? false);
      const findings = await examine();
      for (const finding of findings) for (const line of inWords(finding)) output.say(line);
      output.document({ findings });
      finish(findings.some(({ state }) => state === 'fail') ? EXIT.stationFailed : EXIT.pass);
    });
}

async function examine(): Promise<Finding[]> {
  const environment = readEnvironment(process.env);
  const records = dataFolder();
  const { folder } = records;
  const station = await checkStation(folder);
  return [
    checkNode(),
    checkUsb(),
    checkFolder(folder),
    checkDisk(folder, environment.BOARDWALK_LEAST_FREE_MIB),
    ...checkRecords(records),
    await checkPort(environment.BOARDWALK_HOST, environment.BOARDWALK_PORT, folder),
    ...(station ? [station] : []),
  ];
}

function inWords({ check, state, says, fix }: Finding): string[] {
  const line = `${state.padEnd(4)}  ${check.padEnd(11)}  ${says}`;
  return fix === null ? [line] : [line, `      fix: ${fix}`];
}
