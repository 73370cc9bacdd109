import { SwdError } from '../debug-port/debug-port.ts';
import { reply } from './reply.ts';
import type { Outcome, ProbeState } from './probe-state.ts';
import { STATUS, STATUS_OF_FAILURE } from './status.ts';

const SET_ADDRESS = 1;
const WRITE = 2;
const READ = 3;
/** 320 bytes out and 512 in on a V2; the larger buffer of a V3 (OpenOCD's limits). */
const MOST_ITEMS_V2 = 64;
const MOST_ITEMS_V3 = 1227;

/** RW_MISC_OUT: operation bytes padded to a word, then an argument word each. Results wait for RW_MISC_IN. */
export function misc(probe: ProbeState, block: DataView): Outcome {
  const count = block.getUint32(2, true);
  const most = probe.model.hardware === 2 ? MOST_ITEMS_V2 : MOST_ITEMS_V3;
  if (count === 0 || count > most) return { reply: reply(2, STATUS.unknownCommand) };
  const padded = (count + 3) & ~3;
  return {
    expectOut: {
      bytes: padded + count * 4,
      take: (data) => {
        run(probe, new DataView(data.buffer, data.byteOffset, data.length), count, padded);
        return {};
      },
    },
  };
}

function run(probe: ProbeState, data: DataView, count: number, padded: number): void {
  let address = 0;
  probe.miscItems = [];
  probe.miscStatus = [];
  for (let i = 0; i < count; i += 1) {
    const operation = data.getUint8(i);
    const argument = data.getUint32(padded + i * 4, true);
    let value = 0;
    let status: number = STATUS.ok;
    try {
      if (operation === SET_ADDRESS) address = argument;
      else if (operation === READ) value = readWord(probe, argument);
      else if (operation === WRITE) writeWord(probe, address, argument);
    } catch (cause) {
      if (!(cause instanceof SwdError)) throw cause;
      status = STATUS_OF_FAILURE[cause.failure];
    }
    probe.miscItems.push(value);
    probe.miscStatus.push(status);
  }
}

function readWord(probe: ProbeState, address: number): number {
  return new DataView(probe.port.readBlock(address, 4, 4, true).buffer).getUint32(0, true);
}

function writeWord(probe: ProbeState, address: number, value: number): void {
  const view = reply(4);
  view.setUint32(0, value, true);
  probe.port.writeBlock(address, new Uint8Array(view.buffer), 4, true);
}

/** RW_MISC_IN: n result words, then n status words. */
export function miscResults(probe: ProbeState): Outcome {
  const count = probe.miscItems.length;
  const view = reply(count * 8);
  probe.miscItems.forEach((value, i) => view.setUint32(i * 4, value, true));
  probe.miscStatus.forEach((status, i) => view.setUint32((count + i) * 4, status, true));
  return { reply: view };
}
