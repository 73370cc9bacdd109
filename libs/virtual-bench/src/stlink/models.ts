import {
  PROBE_V2,
  PROBE_V3,
  USB_FULL_SPEED,
  USB_HIGH_SPEED,
  type ProbeTiming,
  type UsbTiming,
} from '../time/constants.ts';

/** A probe as it stands on the bench: hardware, firmware and what follows from both. */
export interface ProbeModel {
  readonly name: string;
  readonly description: string;
  readonly productId: number;
  readonly product: string;
  readonly hardware: 2 | 3;
  readonly jtag: number;
  /** S on a V2, mass storage version M on a V2-1 and V3. */
  readonly minor: number;
  readonly outEndpoint: number;
  readonly inEndpoint: number;
  readonly traceEndpoint: number;
  readonly packetBytes: number;
  readonly usb: UsbTiming;
  readonly timing: ProbeTiming;
}

const V2 = {
  productId: 0x3748,
  product: 'STM32 STLink',
  hardware: 2,
  outEndpoint: 0x02,
  inEndpoint: 0x81,
  traceEndpoint: 0x83,
  packetBytes: 64,
  usb: USB_FULL_SPEED,
  timing: PROBE_V2,
} as const;
const V2_1 = {
  ...V2,
  productId: 0x374b,
  product: 'STM32 STLink',
  outEndpoint: 0x01,
  traceEndpoint: 0x82,
} as const;
const V3 = {
  productId: 0x374e,
  product: 'STLINK-V3',
  hardware: 3,
  outEndpoint: 0x01,
  inEndpoint: 0x81,
  traceEndpoint: 0x82,
  packetBytes: 512,
  usb: USB_HIGH_SPEED,
  timing: PROBE_V3,
} as const;

const ROWS: readonly ProbeModel[] = [
  { ...V2, name: 'v2j37', description: 'ST-LINK/V2, firmware V2J37S7', jtag: 37, minor: 7 },
  {
    ...V2,
    name: 'v2j17',
    description: 'old clone, V2J17S0: no clock command, no DAP registers',
    jtag: 17,
    minor: 0,
  },
  { ...V2, name: 'v2j24', description: 'ST-LINK/V2, V2J24S4', jtag: 24, minor: 4 },
  { ...V2, name: 'v2j28', description: 'ST-LINK/V2, V2J28S7', jtag: 28, minor: 7 },
  { ...V2, name: 'v2j32', description: 'ST-LINK/V2, V2J32S7', jtag: 32, minor: 7 },
  { ...V2_1, name: 'v21', description: 'ST-LINK/V2-1 of a Nucleo, V2J37M27', jtag: 37, minor: 27 },
  { ...V3, name: 'v3j10', description: 'STLINK-V3E, V3J10M3', jtag: 10, minor: 3 },
  { ...V3, name: 'v3j2', description: 'STLINK-V3E, V3J2M1', jtag: 2, minor: 1 },
];

export const PROBE_MODELS: ReadonlyMap<string, ProbeModel> = new Map(ROWS.map((row) => [row.name, row]));
export const DEFAULT_PROBE = 'v2j37';
