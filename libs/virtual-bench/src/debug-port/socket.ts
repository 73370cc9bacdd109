import type { Chip } from '../target/chip.ts';

/** What the probe's cable ends in: a board or none, and the time that both share. */
export interface Socket {
  readonly chip: Chip | null;
  /** Lets `durationPs` pass for the board in the socket. */
  pass(durationPs: number): void;
  /** Draws the next number of the slot's seeded sequence, 0..1. */
  random(): number;
}
