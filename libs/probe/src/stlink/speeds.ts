/** SWD_SET_FREQ's divisor for each clock of a V2, kHz, fastest first (OpenOCD and pyOCD tables agree). */
export const V2_SPEEDS: readonly { readonly khz: number; readonly divisor: number }[] = [
  { khz: 4000, divisor: 0 },
  { khz: 1800, divisor: 1 },
  { khz: 1200, divisor: 2 },
  { khz: 950, divisor: 3 },
  { khz: 480, divisor: 7 },
  { khz: 240, divisor: 15 },
  { khz: 125, divisor: 31 },
  { khz: 100, divisor: 40 },
  { khz: 50, divisor: 79 },
  { khz: 25, divisor: 158 },
  { khz: 15, divisor: 265 },
  { khz: 5, divisor: 798 },
];

/** The fastest entry not above what is wanted, else the slowest. `speeds` is sorted fastest first. */
export function fastestNotAbove<Speed extends { readonly khz: number }>(
  speeds: readonly Speed[],
  khz: number,
): Speed {
  return speeds.find((speed) => speed.khz <= khz) ?? speeds.at(-1)!;
}

/** The one clock of firmware before J22. */
export const FIXED_SPEED_KHZ = 1800;
