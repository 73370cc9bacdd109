/**
 * The constants of modelled time. Each says where it comes from; "derived" ones follow from two runs measured
 * on real hardware and published with the tool's output: an ST-LINK/V2 clone with OpenOCD dumped 131071 bytes
 * in 2.825877 s, and erased and wrote 16384 bytes in 0.949075 s, at OpenOCD's 950 kHz.
 */

/** Picoseconds: integers stay exact in a double for 2.5 hours of modelled time. */
export const PS_PER_US = 1_000_000;
export const PS_PER_MS = 1_000_000_000;

export interface UsbTiming {
  /** One bulk transfer: scheduling, token, handshake. */
  readonly transferPs: number;
  readonly bytePs: number;
}

/** Full speed: 12 Mbit/s less protocol is about 1 µs a byte (USB 2.0, 5.8.4); 0.1 ms a transfer: derived. */
export const USB_FULL_SPEED: UsbTiming = { transferPs: 100 * PS_PER_US, bytePs: PS_PER_US };
/** High speed: 20 MB/s in practice and a third of the turnaround: an assumption, no published log fixes it. */
export const USB_HIGH_SPEED: UsbTiming = { transferPs: 40 * PS_PER_US, bytePs: 50_000 };

export interface ProbeTiming {
  /** From a command's arrival to its first SWD clock. */
  readonly commandPs: number;
  /** What the probe's loop adds to each word it reads over SWD. */
  readonly readGapPs: number;
  readonly writeGapPs: number;
}

/** V2: 72 MHz F103 bit-banging SWD. The read gap is derived from the dump; the write gap is an assumption. */
export const PROBE_V2: ProbeTiming = {
  commandPs: 50 * PS_PER_US,
  readGapPs: 33_500_000,
  writeGapPs: 5_000_000,
};
/** V3: 216 MHz F723 with a hardware shifter: assumptions. */
export const PROBE_V3: ProbeTiming = { commandPs: 15 * PS_PER_US, readGapPs: 300_000, writeGapPs: 200_000 };

/** Clocks of one SWD transfer: 8 request, 1 turn, 3 acknowledge, 33 data, 1 turn (ARM ADIv5.2, B4.1.1). */
export const SWD_CLOCKS_PER_TRANSFER = 46;

/** DS5319 table "Flash memory characteristics": 52.5 µs typical a half-word, 20..40 ms an erase. */
export const HALF_WORD_PROGRAM_PS = 52_500_000;
/** Derived from the measured write: 16 page erases and 8192 half-words in 0.949 s leave 20.5 ms each. */
export const PAGE_ERASE_PS = 20_500 * PS_PER_US;
/** The middle of DS5319's 20..40 ms. */
export const MASS_ERASE_PS = 30 * PS_PER_MS;
/** A refused operation ends within a microsecond: no cell was driven. An assumption. */
export const REFUSED_OPERATION_PS = PS_PER_US;

/** PLL lock time, DS5319: 200 µs at most. */
export const PLL_LOCK_PS = 200 * PS_PER_US;
/** HSE start-up, DS5319: 2 ms typical. */
export const HSE_START_PS = 2 * PS_PER_MS;
/** LSI, DS5319: 40 kHz typical. */
export const LSI_HZ = 40_000;
export const HSI_HZ = 8_000_000;
/** The crystal of the usual board. */
export const HSE_HZ = 8_000_000;
/** Power-on and nRST release to the first instruction, DS5319 tRSTTEMPO: 2.5 ms typical at power-on; nRST alone is quick. */
export const RESET_RELEASE_PS = 30 * PS_PER_US;
