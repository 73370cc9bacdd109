/** SWD clock by the divisor of SWD_SET_FREQ on a V2, kHz (OpenOCD and pyOCD tables agree). */
export const V2_SWD_KHZ: Readonly<Record<number, number>> = {
  0: 4000,
  1: 1800,
  2: 1200,
  3: 950,
  5: 650,
  7: 480,
  9: 400,
  10: 360,
  15: 240,
  25: 150,
  31: 125,
  40: 100,
  79: 50,
  158: 25,
  265: 15,
  798: 5,
};
/** What a V3 offers for SWD and JTAG, kHz, as seen on real probes. */
export const V3_SWD_KHZ: readonly number[] = [24000, 8000, 3300, 1000, 200, 50, 5];
export const V3_JTAG_KHZ: readonly number[] = [21333, 16000, 12000, 8000, 1777, 750];
