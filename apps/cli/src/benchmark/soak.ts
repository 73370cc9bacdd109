import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BenchmarkStation, randomBytes } from './station-on-virtual-bench.ts';

/** What the station's thread holds on to after a third of the runs and after all, in MiB. */
export interface SoakFigures {
  readonly runs: number;
  readonly earlyMib: number;
  readonly lateMib: number;
}

const BYTES_PER_MIB = 1024 * 1024;
/** The smallest part: its runs are short. */
const BOARD = 'f103c4';
const IMAGE_BYTES = 1024;

/** Runs the recipe over and over with two images in turn, and weighs the heap after full collections. */
export async function measureMemory(runs: number, onRun: (done: number) => void): Promise<SoakFigures> {
  const station = await BenchmarkStation.open([BOARD]);
  try {
    let earlyMib = heapMib();
    for (let done = 1; done <= runs; done += 1) {
      await station.run('1', randomBytes(IMAGE_BYTES, done % 2));
      onRun(done);
      if (done === Math.ceil(runs / 3)) earlyMib = heapMib();
    }
    return { runs, earlyMib, lateMib: heapMib() };
  } finally {
    await station.close();
  }
}

function heapMib(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed / BYTES_PER_MIB;
}
