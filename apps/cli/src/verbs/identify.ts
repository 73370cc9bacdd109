import { assess, blockOf, readIdentity } from '@boardwalk/identity';
import { Command } from 'commander';
import { EXIT, type ExitCode } from '../errors.ts';
import { probeVerb, withTarget } from '../probe-verb.ts';

/** `boardwalk identify`: every identity register, the findings, the verdict. */
export function identify(finish: (code: ExitCode) => void): Command {
  const command = new Command('identify')
    .description('every identity register, the findings, the verdict')
    .addHelpText('after', '\nExamples:\n  boardwalk identify --slot 3\n  boardwalk identify --all --json');
  return probeVerb<object>(command, 'reads', finish, (chosen, context) =>
    withTarget(chosen, context, async (target, supply, probe) => {
      const { output, label, options } = context;
      const identity = await readIdentity(target, {
        targetVoltage: supply.volts,
        readUnderReset: options.connect === 'under-reset',
      });
      const assessment = assess(identity);
      const { deviceId, dpidr, cpuid, flashSizeKib, uid } = identity;
      output.say(`${label}slot ${chosen.slot}, port ${chosen.found.portPath}, probe ${probe.firmware.text}`);
      output.say(`${label}device id ${deviceId ?? '-'}  DPIDR ${dpidr}  CPUID ${cpuid ?? '-'}`);
      output.say(
        `${label}flash ${flashSizeKib === null ? 'size unknown' : `${flashSizeKib} KiB`}  UID ${uid ?? '-'}`,
      );
      for (const { weight, id, read, expected, why } of assessment.findings) {
        output.say(
          `${label}  ${weight > 0 ? '+' : ''}${weight}  ${id}: read ${read}, expected ${expected}: ${why}`,
        );
      }
      for (const { item, why, settles } of assessment.notRead ?? [])
        output.say(`${label}  not read: ${item} (${why}); it would settle ${settles}`);
      const strength = assessment.strength ? `, strength ${assessment.strength}` : '';
      output.say(
        `${label}${assessment.summary} (score ${assessment.score}${strength}, model ${assessment.modelVersion})`,
      );
      if (assessment.difference === 'maker' && assessment.resembles === null) {
        output.say(
          `${label}This family is not known yet. The next line has no serial; send it in to make it known:`,
        );
        output.say(blockOf(identity, assessment));
      }
      return {
        exitCode: EXIT.pass,
        fields: { probeFirmware: probe.firmware.text, identity, assessment },
      };
    }),
  );
}
