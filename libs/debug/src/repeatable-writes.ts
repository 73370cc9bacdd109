import { C_HALT, C_STEP, DEMCR, DFSR, DHCSR } from './registers.ts';

const SRAM_BASE = 0x20000000;
const SRAM_END = 0x40000000;

/**
 * Whether a write does the same twice as once, so that one whose answer got lost may be sent again: RAM, and the debug
 * registers that arm or halt. Not the flash controller, whose keys and starts count, nor what lets the core run.
 */
export function writesTheSameTwice(address: number, value = 0): boolean {
  if (address >= SRAM_BASE && address < SRAM_END) return true;
  if (address === DHCSR) return (value & C_HALT) !== 0 && (value & C_STEP) === 0;
  return address === DEMCR || address === DFSR;
}
