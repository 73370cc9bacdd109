import { execFileSync } from 'node:child_process';
import type { Program } from '../programs/program.ts';
import type { Difference } from './lockstep.ts';

const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0');

/** What a person needs to find the reason: the last instructions, and the registers before and after on both sides. */
export function report(seed: number, program: Program, imagePath: string, difference: Difference): string {
  const { step, name, address, trail, before, qemu, ours } = difference;
  const registers = before.map((value, i) => {
    const label = (i < 16 ? `r${i}` : 'xPSR').padEnd(4);
    const mark = qemu[i] === ours[i] ? '' : '   <- differs';
    return `${label}  ${hex(value)}  ${hex(qemu[i]!)}  ${hex(ours[i]!)}${mark}`;
  });
  return [
    `seed ${seed}, instruction ${step}: after ${name} at ${hex(address)} our core differs from QEMU’s.`,
    'The last instructions:',
    ...trail.map((at) => disassembled(program, imagePath, at)),
    '      before    QEMU      ours',
    ...registers,
  ].join('\n');
}

function disassembled(program: Program, imagePath: string, address: number): string {
  const window = [`--start-address=${address}`, `--stop-address=${address + 4}`];
  const listing = execFileSync(
    'arm-none-eabi-objdump',
    ['-D', '-b', 'binary', '-m', 'arm', '-M', 'force-thumb', ...window, imagePath],
    { encoding: 'utf8' },
  );
  const line = listing.split('\n').find((one) => /^\s+[0-9a-f]+:\t/.test(one)) ?? hex(address);
  return `${line}\t; ${program.names.get(address) ?? 'scaffolding'}`;
}
