import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { BenchmarkStation, randomBytes } from './station-on-virtual-bench.ts';

/** One board alone and many side by side. */
export interface SideBySideFigures {
  /** Modelled seconds: each slot has its own time line. */
  readonly slots: { readonly count: number; readonly oneS: number; readonly makespanS: number };
  /** Of this machine: the thread of driver and station, without the virtual boards, which have their own. */
  readonly station: { readonly cpuMsPerRun: number; readonly loopDelayP99Ms: number };
}

const SLOTS = 24;
const IMAGE_BYTES = 64 * 1024;
const DELAY_RESOLUTION_MS = 1;
const NS_PER_MS = 1e6;

export async function measureSideBySide(): Promise<SideBySideFigures> {
  const image = randomBytes(IMAGE_BYTES, 1);
  const one = await withStation(1, async (station) => (await station.run('1', image)).totalS);
  return withStation(SLOTS, async (station) => {
    const slots = Array.from({ length: SLOTS }, (_, i) => String(i + 1));
    const delay = monitorEventLoopDelay({ resolution: DELAY_RESOLUTION_MS });
    const before = performance.eventLoopUtilization();
    delay.enable();
    const runs = await Promise.all(slots.map((slot) => station.run(slot, image)));
    delay.disable();
    const { active } = performance.eventLoopUtilization(before);
    return {
      slots: { count: SLOTS, oneS: one, makespanS: Math.max(...runs.map(({ totalS }) => totalS)) },
      station: {
        cpuMsPerRun: active / SLOTS,
        loopDelayP99Ms: Math.max(0, delay.percentile(99) / NS_PER_MS - DELAY_RESOLUTION_MS),
      },
    };
  });
}

async function withStation<Result>(
  count: number,
  work: (station: BenchmarkStation) => Promise<Result>,
): Promise<Result> {
  const station = await BenchmarkStation.open(Array.from({ length: count }, () => 'f103c8'));
  try {
    return await work(station);
  } finally {
    await station.close();
  }
}
