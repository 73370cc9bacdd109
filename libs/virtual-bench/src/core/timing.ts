/** Cycle constants of a processor beyond each instruction's own count. */
export interface Timing {
  /** A taken branch refills the pipeline. */
  readonly refill: number;
  /** Bus cycles for each half-word fetched over the system bus (0x20000000 and up). */
  readonly systemBusFetch: number;
  /** What a taken branch pays more there. */
  readonly systemBusRefill: number;
  readonly exceptionEntry: number;
  readonly exceptionReturn: number;
  /** From the end of one handler to the next. */
  readonly tailChain: number;
}

/**
 * refill: 1 to 3 cycles (ARM DDI0337, 18.2, "P"); 2 is its middle. systemBusFetch: an instruction fetch over the system bus is registered and
 * takes two cycles a word (ARM DDI0337, 14.5 "pipelined instruction fetches"), so a half-word costs one bus cycle.
 * exceptionEntry: stacking eight words and fetching the vector (5.5: 12 cycles). tailChain: 5.6.1, 6 cycles.
 */
export const CORTEX_M3_TIMING: Timing = {
  refill: 2,
  systemBusFetch: 1,
  systemBusRefill: 2,
  exceptionEntry: 12,
  exceptionReturn: 10,
  tailChain: 6,
};

/**
 * One bus for code and data, whose share in fetches the instructions' counts contain (ARM DDI0432, 3.3). Entry takes 16 cycles
 * (3.1, zero wait states); return and tail chain are not published for it: an assumption.
 */
export const CORTEX_M0_TIMING: Timing = {
  refill: 2,
  systemBusFetch: 0,
  systemBusRefill: 0,
  exceptionEntry: 16,
  exceptionReturn: 12,
  tailChain: 8,
};
