import { ProbeError } from '@boardwalk/debug';
import type { StLinkWire } from './wire.ts';

/** GET_CURRENT_MODE's answers (OpenOCD 0.12, pyOCD and stlink-org agree; 4 is named by OpenOCD alone). */
const MODE_NAMES: Readonly<Record<number, string>> = {
  0: 'DFU',
  1: 'idle',
  2: 'debug',
  3: 'SWIM',
  4: 'bootloader',
};
/** How each mode is left, none of which has a reply; idle and bootloader need nothing. */
const EXITS: Readonly<Record<number, readonly number[]>> = {
  0: [0xf3, 0x07],
  2: [0xf2, 0x21],
  3: [0xf4, 0x01],
};

/**
 * Leaves whatever mode the probe is in. The mode is read first: a V3 hangs on the debug exit outside debug mode.
 * @throws ProbeError `probe.protocol` when it stays
 */
export async function leaveMode(wire: StLinkWire): Promise<void> {
  const mode = await readMode(wire);
  const exit = EXITS[mode];
  if (!exit) return;
  const name = MODE_NAMES[mode]!;
  await wire.exchange(exit, 0, `leave ${name} mode`);
  if ((await readMode(wire)) !== mode) return;
  const place = { portPath: wire.portPath, operation: `leave ${name} mode` };
  throw new ProbeError('probe.protocol:mode', { ...place, mode: name });
}

async function readMode(wire: StLinkWire): Promise<number> {
  return (await wire.exchange([0xf5], 2, 'read the mode', true)).getUint8(0);
}
