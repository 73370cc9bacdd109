// One seed: builds its program, runs it on both sides, prints what came of it as JSON.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './lockstep.ts';
import { MACHINES, type MachineName } from './machines.ts';
import { traceOnQemu } from './qemu.ts';
import { report } from './report.ts';

export interface SeedResult {
  readonly executed: number;
  readonly tested: Readonly<Record<string, number>>;
  /** Where the two differ, for a person to read. */
  readonly difference: string | null;
}

const [name, seed, groups] = process.argv.slice(2);
const machine = MACHINES[name as MachineName];
const folder = mkdtempSync(join(tmpdir(), 'processor-'));
try {
  const program = machine.program(Number(seed), Number(groups));
  const imagePath = join(folder, 'image.bin');
  writeFileSync(imagePath, program.image);
  const { executed, tested, difference } = compare(
    machine,
    program,
    traceOnQemu(machine.qemuBoard, imagePath, folder),
  );
  const result: SeedResult = {
    executed,
    tested,
    difference: difference && report(Number(seed), program, imagePath, difference),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
