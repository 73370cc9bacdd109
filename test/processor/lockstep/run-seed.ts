// One seed: builds its program, runs it on both sides, prints what came of it as JSON.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomProgram } from '../programs/program.ts';
import { compare } from './lockstep.ts';
import { traceOnQemu } from './qemu.ts';
import { report } from './report.ts';

export interface SeedResult {
  readonly executed: number;
  readonly tested: Readonly<Record<string, number>>;
  /** Where the two differ, for a person to read. */
  readonly difference: string | null;
}

const [seed, groups] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'processor-'));
try {
  const program = randomProgram(seed!, groups!);
  const imagePath = join(folder, 'image.bin');
  writeFileSync(imagePath, program.image);
  const { executed, tested, difference } = compare(program, traceOnQemu(imagePath, folder));
  const result: SeedResult = {
    executed,
    tested,
    difference: difference && report(seed!, program, imagePath, difference),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
