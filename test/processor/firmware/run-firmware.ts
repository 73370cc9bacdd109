// Runs one firmware from reset for so many instructions; prints what it did as JSON.
import { readFileSync } from 'node:fs';
import { collapse } from './collapse.ts';
import { TracedChip } from './traced-chip.ts';

export interface FirmwareRun {
  readonly instructions: number;
  readonly lockedUp: boolean;
  readonly faults: readonly string[];
  /** Where the core stands at the end. */
  readonly pc: number;
  /** Accesses to peripherals and system registers, runs collapsed. */
  readonly trace: readonly string[];
}

/** Short enough that few instructions are executed beyond the number asked for. */
const SLICE_PS = 1e8;

const [path, instructions] = process.argv.slice(2);
const chip = new TracedChip(readFileSync(path!));
let nowPs = 0;
while (chip.core.instructions < Number(instructions) && !chip.core.lockedUp) {
  nowPs += SLICE_PS;
  chip.advance(nowPs);
}
const run: FirmwareRun = {
  instructions: chip.core.instructions,
  lockedUp: chip.core.lockedUp,
  faults: chip.faults,
  pc: chip.core.pc >>> 0,
  trace: collapse(chip.accesses),
};
process.stdout.write(`${JSON.stringify(run)}\n`);
