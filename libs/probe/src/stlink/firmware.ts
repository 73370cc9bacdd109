/** A probe's firmware version, e.g. V2J37S7 or V3J10M3. */
export interface Firmware {
  readonly text: string;
  readonly hardware: number;
  readonly jtag: number;
}

/** GET_VERSION's six bytes. `null` text parts are decided by GET_VERSION_EX. A V2-1's third number counts its mass storage. */
export function decodeVersion(reply: DataView, productId: number): Firmware {
  const word = reply.getUint16(0, false);
  const hardware = word >>> 12;
  const jtag = (word >>> 6) & 0x3f;
  const third = word & 0x3f;
  const massStorage = productId !== 0x3748;
  // STM8-only boards report the mass-storage version first (OpenOCD's rule for 374B and 3752).
  if (
    massStorage &&
    hardware === 2 &&
    ((jtag <= 22 && third === 7) || (jtag >= 25 && third >= 7 && third <= 12))
  ) {
    return { text: `V${hardware}M${jtag}S${third}`, hardware, jtag: 0 };
  }
  return { text: `V${hardware}J${jtag}${massStorage ? 'M' : 'S'}${third}`, hardware, jtag };
}

/** GET_VERSION_EX's twelve bytes, from a V3 on. */
export function decodeVersionEx(reply: DataView): Firmware {
  const [hardware, swim, jtag, massStorage, bridge] = [0, 1, 2, 3, 4].map((at) => reply.getUint8(at)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const part = (letter: string, value: number): string => (value > 0 ? `${letter}${value}` : '');
  const text = `V${hardware}J${jtag}${part('M', massStorage)}${part('B', bridge)}${part('S', swim)}`;
  return { text, hardware, jtag };
}

/** First firmware with a feature; null where a generation never got it. */
interface Since {
  readonly v2: number | null;
  readonly v3: number | null;
}

/** What firmware can do since when (OpenOCD 0.12 and pyOCD agree on these). */
const FEATURES = {
  targetVoltage: { v2: 13, v3: 1 },
  lastStatus2: { v2: 15, v3: 1 },
  swdDivisor: { v2: 22, v3: null },
  dapRegisters: { v2: 24, v3: 1 },
  memory16: { v2: 26, v3: 1 },
  accessPorts: { v2: 28, v3: 1 },
  dpBanks: { v2: 32, v3: 2 },
  comFrequency: { v2: null, v3: 1 },
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

/** Largest block of a 32- or 16-bit memory command, bytes (OpenOCD STLINK_DATA_SIZE). */
export const LARGEST_BLOCK_BYTES = 6144;
/** Largest block of an 8-bit memory command, bytes: 64 on all V2; more fails on some V3 firmware. */
export const LARGEST_BYTE_BLOCK = 64;
