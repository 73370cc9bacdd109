/** Where the station takes its time from. */
export interface Clock {
  /** What the wall clock says; a person or a time server may set it. */
  wall(): Date;
  /** Milliseconds that only grow, from any beginning; nobody can set them. */
  monotonicMs(): number;
}

export const HOST_CLOCK: Clock = {
  wall: () => new Date(),
  monotonicMs: () => Number(process.hrtime.bigint() / 1_000_000n),
};
