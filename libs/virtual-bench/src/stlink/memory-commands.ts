import type { AccessBytes } from '../core/system-bus.ts';
import { has } from './features.ts';
import type { Outcome, ProbeState } from './probe-state.ts';

const MOST_BYTES = 6144;

interface Span {
  readonly address: number;
  readonly lengthBytes: number;
}

function spanOf(block: DataView): Span {
  return { address: block.getUint32(2, true), lengthBytes: block.getUint16(6, true) };
}

/** 64 bytes for byte accesses, 512 on a V3 from J6 on. */
function most(probe: ProbeState, itemBytes: AccessBytes): number {
  if (itemBytes > 1) return MOST_BYTES;
  return has(probe.model, 'wide8') ? 512 : 64;
}

/** READMEM: data alone comes back, whole even after a fault; the status waits for GETLASTRWSTATUS. */
export function readMemory(
  probe: ProbeState,
  block: DataView,
  itemBytes: AccessBytes,
  increment: boolean,
): Outcome {
  const { address, lengthBytes } = spanOf(block);
  const length = Math.min(lengthBytes, most(probe, itemBytes));
  const whole = length - (length % itemBytes);
  // A single byte comes back as two: the firmware never answers with an odd byte alone.
  const data = new Uint8Array(itemBytes === 1 ? Math.max(length, 2) : length);
  probe.latch(() => data.set(probe.port.readBlock(address & ~(itemBytes - 1), whole, itemBytes, increment)));
  return { reply: data };
}

export function writeMemory(
  probe: ProbeState,
  block: DataView,
  itemBytes: AccessBytes,
  increment: boolean,
): Outcome {
  const { address, lengthBytes } = spanOf(block);
  // What does not fit the firmware's byte buffer is taken from USB and lost.
  const kept = itemBytes === 1 ? Math.min(lengthBytes, most(probe, 1)) : lengthBytes;
  const take = (data: Uint8Array): Outcome => {
    const whole = data.subarray(0, kept - (kept % itemBytes));
    probe.latch(() => probe.port.writeBlock(address & ~(itemBytes - 1), whole, itemBytes, increment));
    return {};
  };
  return lengthBytes === 0 ? take(new Uint8Array(0)) : { expectOut: { bytes: lengthBytes, take } };
}
