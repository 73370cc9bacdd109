import type { BlockLimits } from '@boardwalk/debug';
import type { Firmware } from './firmware.ts';

/** First J number with a feature; null where a generation never got it. */
interface Since {
  readonly v2: number | null;
  readonly v3: number | null;
}

/** What firmware can do since when (OpenOCD 0.12, and pyOCD for J24, J26, J28, J32 and J36). */
const FEATURES = {
  targetVoltage: { v2: 13, v3: 1 },
  /** GETLASTRWSTATUS2 (3E) with the faulting address; before it 3B. */
  lastStatus2: { v2: 15, v3: 1 },
  swdDivisor: { v2: 22, v3: null },
  dapRegisters: { v2: 24, v3: 1 },
  memory16: { v2: 26, v3: 1 },
  accessPorts: { v2: 28, v3: 1 },
  dpBanks: { v2: 32, v3: 2 },
  comFrequency: { v2: null, v3: 1 },
  longByteBlocks: { v2: null, v3: 6 },
} as const satisfies Record<string, Since>;

export type Feature = keyof typeof FEATURES;
export type Capabilities = Readonly<Record<Feature, boolean>>;

export function capabilitiesOf(firmware: Firmware): Capabilities {
  const entries = Object.entries(FEATURES).map(([feature, since]) => {
    const first = firmware.hardware >= 3 ? since.v3 : since.v2;
    return [feature, first !== null && firmware.jtag >= first];
  });
  return Object.fromEntries(entries) as Capabilities;
}

/**
 * 6144 for words (OpenOCD 0.12, pyOCD). Bytes: 64, and 512 from V3J6 on, where reads of 256 and more fail on some
 * firmware, so that they stop at 128 (probe-rs).
 */
export function blockLimitsOf(capabilities: Capabilities): BlockLimits {
  return capabilities.longByteBlocks
    ? { wordBytes: 6144, byteReadBytes: 128, byteWriteBytes: 512 }
    : { wordBytes: 6144, byteReadBytes: 64, byteWriteBytes: 64 };
}
