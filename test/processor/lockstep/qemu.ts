import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const QEMU = 'qemu-system-arm';
const LOG_LIMIT_BYTES = 1 << 28;
const TIMEOUT_MS = 60_000;

/** One instruction a translation block: spelled differently since QEMU 8.1, the old way gone in 9.0. */
function oneInstructionABlock(): string[] {
  const version = spawnSync(QEMU, ['--version'], { encoding: 'utf8' }).stdout;
  const [, major = '0', minor = '0'] = /version (\d+)\.(\d+)/.exec(version) ?? [];
  const modern = Number(major) * 100 + Number(minor) >= 801;
  return modern ? ['-accel', 'tcg,one-insn-per-tb=on'] : ['-accel', 'tcg', '-singlestep'];
}

/**
 * Runs an image from address 0 on one of QEMU's boards until it ends itself.
 * @returns QEMU's log of all registers before every instruction
 */
export function traceOnQemu(board: string, imagePath: string, workFolder: string): Buffer {
  const log = join(workFolder, 'cpu.log');
  const { status, signal, stderr } = spawnSync(
    'sh',
    [
      // A program that went astray must not fill the disk.
      ...['-c', `ulimit -f ${LOG_LIMIT_BYTES / 512}; exec "$0" "$@"`, QEMU],
      ...['-M', board, '-nographic', '-monitor', 'none', '-serial', 'none', '-nodefaults'],
      ...oneInstructionABlock(),
      ...['-semihosting-config', 'enable=on,target=native'],
      ...['-d', 'cpu,nochain', '-D', log, '-kernel', imagePath],
    ],
    { encoding: 'utf8', timeout: TIMEOUT_MS },
  );
  if (status !== 0) throw new Error(`QEMU did not reach the program’s end (${signal ?? status}): ${stderr}`);
  return readFileSync(log);
}
