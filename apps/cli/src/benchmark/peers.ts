import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CommandError } from '../errors.ts';

/** Modelled seconds of OpenOCD (4 MHz SWD) and st-flash (its own 1.8 MHz) on a board without a blank cell. */
export interface PeerRow {
  readonly kib: number;
  readonly profile: string;
  readonly openocd: { readonly writeS: number; readonly verifyS: number; readonly dumpS: number };
  readonly stFlash: { readonly writeS: number; readonly readS: number };
}

/** A peer's figures and our whole run, which reads identity and also hashes two dumps. */
export interface PeerBesideUs extends PeerRow {
  readonly wholeRunS: number;
}

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const SCRIPT = 'test/vm/peers.ts';

/** Runs the unmodified programs in the test suites' virtual machine. @throws CommandError where that is not there */
export async function measurePeers(): Promise<readonly PeerRow[]> {
  if (!existsSync(`${ROOT}${SCRIPT}`)) throw noVirtualMachine('This is not a checkout of the sources.');
  const node = ['--import', 'tsx', '--conditions=@boardwalk/source', SCRIPT];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: ROOT });
    return (JSON.parse(stdout) as { peers: readonly PeerRow[] }).peers;
  } catch (cause) {
    const said =
      cause instanceof Error ? (cause.message.split('\n').find((line) => /Error:/.test(line)) ?? '') : '';
    throw noVirtualMachine(said, cause);
  }
}

function noVirtualMachine(why: string, cause?: unknown): CommandError {
  return new CommandError('cli.peers', { why }, cause);
}
