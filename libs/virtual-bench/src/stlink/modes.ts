import { reply } from './reply.ts';
import type { Outcome, ProbeState } from './probe-state.ts';
import { STATUS } from './status.ts';

/** DFU exit (F3 07) and SWIM exit (F4 01) have no reply; SWIM enter is kept as a mode to be left. */
export function writeModeExit(probe: ProbeState, block: Uint8Array): Outcome {
  if (block[0] === 0xf3 && block[1] === 0x07) {
    if (probe.mode === 'dfu') probe.mode = 'idle';
    return {};
  }
  if (block[0] === 0xf4 && block[1] === 0x00) {
    probe.mode = 'swim';
    return {};
  }
  if (block[0] === 0xf4 && block[1] === 0x01) {
    if (probe.mode === 'swim') probe.mode = 'idle';
    return {};
  }
  return { reply: reply(2, STATUS.unknownCommand) };
}
