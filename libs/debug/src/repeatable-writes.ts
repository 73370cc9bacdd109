import { REGIONS } from '@boardwalk/series';
import { C_HALT, C_STEP, DEMCR, DFSR, DHCSR } from './registers.ts';

/**
 * Whether a write does the same twice as once, so that one whose answer got lost may be sent again: RAM, and the debug
 * registers that arm or halt. Not the flash controller, whose keys and starts count, nor what lets the core run.
 */
export function writesTheSameTwice(address: number, value = 0): boolean {
  if (address >= REGIONS.sram.from && address < REGIONS.sram.to) return true;
  if (address === DHCSR) return (value & C_HALT) !== 0 && (value & C_STEP) === 0;
  return address === DEMCR || address === DFSR;
}
