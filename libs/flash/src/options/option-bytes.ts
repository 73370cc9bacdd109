import { RDP_OFF } from '../engine/registers.ts';

/** Eight options, each stored with its complement (PM0075, 2.4). */
export const OPTION_COUNT = 8;

/** The option bytes of an STM32F10x by ST's names. `WRP` has a bit for each 4 KiB (2 pages of 2 KiB): 0 protects. */
export interface OptionBytes {
  /** 0xa5 leaves flash readable, anything else protects it. */
  readonly RDP: number;
  /** 1: the watchdog is started by software; 0: it runs from reset. */
  readonly WDG_SW: number;
  /** 0: entering Stop resets. */
  readonly nRST_STOP: number;
  /** 0: entering Standby resets. */
  readonly nRST_STDBY: number;
  /** XL density: 0 boots from bank 2. */
  readonly BFB2: number;
  readonly DATA0: number;
  readonly DATA1: number;
  readonly WRP: number;
}
export type OptionName = keyof OptionBytes;

/** Where each option lies in the eight bytes, and how many bits it has. */
const FIELDS: Readonly<
  Record<OptionName, { readonly byte: number; readonly bit: number; readonly bits: number }>
> = {
  RDP: { byte: 0, bit: 0, bits: 8 },
  WDG_SW: { byte: 1, bit: 0, bits: 1 },
  nRST_STOP: { byte: 1, bit: 1, bits: 1 },
  nRST_STDBY: { byte: 1, bit: 2, bits: 1 },
  BFB2: { byte: 1, bit: 3, bits: 1 },
  DATA0: { byte: 2, bit: 0, bits: 8 },
  DATA1: { byte: 3, bit: 0, bits: 8 },
  WRP: { byte: 4, bit: 0, bits: 32 },
};
export const OPTION_NAMES = Object.keys(FIELDS) as readonly OptionName[];

/** The largest value an option takes. */
export function mostOf(name: OptionName): number {
  return 2 ** FIELDS[name].bits - 1;
}

/** What the sixteen bytes at 0x1ffff800 mean. A byte whose complement is wrong counts as 0xff, as the chip loads it. */
export function decodeOptions(raw: Uint8Array): OptionBytes {
  const loaded = Array.from({ length: OPTION_COUNT }, (_, i) => {
    const [value, complement] = [raw[2 * i]!, raw[2 * i + 1]!];
    return (value ^ complement) === 0xff ? value : 0xff;
  });
  const entries = OPTION_NAMES.map((name) => {
    const { byte, bit, bits } = FIELDS[name];
    if (bits === 32)
      return [name, new DataView(Uint8Array.from(loaded).buffer).getUint32(byte, true)] as const;
    return [name, (loaded[byte]! >>> bit) & mostOf(name)] as const;
  });
  return Object.fromEntries(entries) as unknown as OptionBytes;
}

/** The eight bytes to program; their complements are the chip's work. Bits without a name stay as they are. */
export function encodeOptions(options: OptionBytes, before: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from({ length: OPTION_COUNT }, (_, i) => before[2 * i]!);
  // Reserved bits of the user byte read 1 on a fresh part.
  bytes[1]! |= 0xf0;
  for (const name of OPTION_NAMES) {
    const { byte, bit, bits } = FIELDS[name];
    if (bits === 32) new DataView(bytes.buffer).setUint32(byte, options[name], true);
    else bytes[byte] = (bytes[byte]! & ~(mostOf(name) << bit)) | (options[name] << bit);
  }
  return bytes;
}

export function isProtected({ RDP }: OptionBytes): boolean {
  return RDP !== RDP_OFF;
}
