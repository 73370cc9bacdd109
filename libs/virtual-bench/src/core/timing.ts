/**
 * Cycle constants of the processor beyond each instruction's own count.
 *
 * REFILL: a taken branch refills the pipeline in 1 to 3 cycles (ARM DDI0337, 18.2, "P"); 2 is its middle.
 * SYSTEM_BUS_FETCH: an instruction fetch over the system bus (0x20000000 and up) is registered and takes two
 * cycles a word (ARM DDI0337, 14.5 "pipelined instruction fetches"), so a half-word costs one bus cycle.
 * SYSTEM_BUS_REFILL: what a taken branch pays more there.
 */
export const REFILL_CYCLES = 2;
export const SYSTEM_BUS_FETCH_CYCLES_PER_HALF_WORD = 1;
export const SYSTEM_BUS_REFILL_CYCLES = 2;
/** Stacking eight words and fetching the vector (ARM DDI0337, 5.5: 12 cycles). */
export const EXCEPTION_ENTRY_CYCLES = 12;
export const EXCEPTION_RETURN_CYCLES = 10;
/** From the end of one handler to the next (ARM DDI0337, 5.6.1: 6 cycles). */
export const TAIL_CHAIN_CYCLES = 6;
