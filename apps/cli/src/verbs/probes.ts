import { ProbeError } from '@boardwalk/debug';
import { openProbe, usbIdOf, type FoundProbe } from '@boardwalk/probe';
import { Command } from 'commander';
import { PROBE_OPTIONS, type ProbeOptions } from '../arguments.ts';
import { holdBench } from '../bench.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import { Output } from '../output.ts';

/** `boardwalk probes`: what is on USB. */
export function probes(finish: (code: ExitCode) => void): Command {
  const command = new Command('probes')
    .description('what is on USB: port, VID:PID, firmware, serial, target voltage')
    .addHelpText('after', '\nExample:\n  boardwalk probes --json | jq ".probes[].port"');
  for (const option of PROBE_OPTIONS)
    if (['bench', 'json'].includes(option.attributeName())) command.addOption(option);
  return command.action(async () => {
    const options = command.opts<ProbeOptions>();
    const output = new Output(options.json ?? false);
    const bench = await holdBench('probes', options, output);
    try {
      const rows = await Promise.all(bench.probes.map((found, index) => describe(found, String(index + 1))));
      for (const row of rows) output.say(inWords(row));
      if (rows.length === 0) output.say('No ST-LINK is on USB.');
      output.document({ bench: bench.kind, probes: rows });
      finish(EXIT.pass);
    } finally {
      await bench.close();
    }
  });
}

type Row = Awaited<ReturnType<typeof describe>>;

function inWords(row: Row): string {
  const volts = row.targetVoltage === null ? '-' : `${row.targetVoltage.toFixed(2)} V`;
  const serial = `${row.serial ?? 'no serial'}${row.serialState === 'ok' ? '' : ` (${row.serialState})`}`;
  const parts = [
    `slot ${row.slot}`,
    `port ${row.port}`,
    row.usbId,
    `${row.model} ${row.firmware ?? '-'}`,
    serial,
    volts,
  ];
  return [...parts, ...(row.note ? [row.note] : [])].join('  ');
}

async function describe(found: FoundProbe, slot: string) {
  const { portPath: port, model, serial, serialRaw, serialState } = found;
  const base = {
    slot,
    port,
    usbId: usbIdOf(found),
    model,
    serial,
    serialRaw,
    serialState,
  };
  try {
    const probe = await openProbe(found.device);
    try {
      return {
        ...base,
        firmware: probe.firmware.text,
        targetVoltage: await probe.targetVoltage(),
        note: null,
      };
    } finally {
      await probe.close();
    }
  } catch (cause) {
    const note = cause instanceof ProbeError ? `${cause.message} ${cause.remedy}` : String(cause);
    return { ...base, firmware: null, targetVoltage: null, note };
  }
}
